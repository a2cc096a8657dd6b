import CommandLanguage
import Datasets
import Reports

/// Plain values and names, as they are shown and kept.
enum ValueDisplay {
  /// What is shown for a value.
  static func report(_ argument: BoundArgument, in session: Session) throws -> any Report {
    switch argument.value {
    case .reference(let name, let kind):
      guard let value = session.value(of: name) else {
        throw CommandFailure(.gone(name, kind, at: argument.span))
      }
      return value.report
    case .element(let name, let key):
      guard case .dataset(let loaded)? = session.value(of: name) else {
        throw CommandFailure(.gone(name, .dataset, at: argument.span))
      }
      let sample = try loaded.sample(key, named: name, at: argument.span)
      do {
        let image = try loaded.dataset.load(sample)
        return PictureReport(sample, image: image, of: loaded.dataset, labels: loaded.labels)
      } catch { throw CommandFailure(Diagnostic(error, at: argument.span)) }
    default: return TextReport(text(argument.value))
    }
  }

  /// What a name stands for that is assigned a value.
  static func value(
    _ argument: BoundArgument, _ statement: StatementSyntax, in session: Session
  ) throws -> SessionValue {
    if case .reference(let name, let kind) = argument.value {
      guard let value = session.value(of: name) else {
        throw CommandFailure(.gone(name, kind, at: argument.span))
      }
      return value
    }
    guard case .value(let literal) = statement.body else { return .plain(nil, text(argument.value)) }
    return .plain(literal, text(argument.value))
  }

  /// A value as it would be typed, text without its quotes.
  static func text(_ value: BoundValue) -> String {
    switch value {
    case .string(let text), .choice(let text): text
    case .integer(let value): String(value)
    case .bool(let value): value ? "true" : "false"
    case .size(let width, let height): "\(width)x\(height)"
    case .range(let range): "\(range.lowerBound)..\(range.upperBound)"
    case .list(let elements): "[" + elements.map { listElement($0.value) }.joined(separator: ", ") + "]"
    case .number(let value, let unit): number(value, unit)
    case .reference(let name, _): name
    case .element(let dataset, .name(let key)): "\(dataset)[\(key.quotedForSource)]"
    case .element(let dataset, .index(let index)): "\(dataset)[\(index)]"
    case .condition: "a condition"
    }
  }

  private static func listElement(_ value: BoundValue) -> String {
    if case .string(let text) = value { text.quotedForSource } else { text(value) }
  }

  private static func number(_ value: Double, _ unit: NumberUnit?) -> String {
    guard let unit else { return plain(value) }
    return plain(value / unit.baseValue(of: 1)) + unit.rawValue
  }

  private static func plain(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
