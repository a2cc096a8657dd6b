import CommandLanguage
import Documents

extension Cell {
  /// The cell as something that a condition compares; nil for a missing value.
  var operand: BoundCondition.Operand? {
    switch self {
    case .text(let text): .text(text)
    case .integer(let value): .number(Double(value))
    case .number(let value): .number(value)
    case .boolean(let value): .bool(value)
    case .category(let id, _): .number(Double(id))
    case .picture(_, let description): .text(description)
    case .missing: nil
    }
  }
}
