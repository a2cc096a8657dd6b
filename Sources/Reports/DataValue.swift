/// What a report holds as plain data, for programs that read it.
public indirect enum DataValue: Sendable, Equatable, Codable {
  case null
  case bool(Bool)
  case integer(Int)
  /// A number; written as null where it is not finite.
  case number(Double)
  case string(String)
  case array([DataValue])
  /// Members in order.
  case object([Member])

  /// One member of an object.
  public struct Member: Sendable, Equatable, Codable {
    /// The key.
    public let key: String
    /// The value.
    public let value: DataValue

    /// A member.
    public init(key: String, value: DataValue) {
      self.key = key
      self.value = value
    }
  }
}

extension DataValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringInterpolation,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  /// An object of the members in order.
  public init(dictionaryLiteral elements: (String, DataValue)...) {
    self = .object(elements.map { Member(key: $0.0, value: $0.1) })
  }
  /// An array.
  public init(arrayLiteral elements: DataValue...) { self = .array(elements) }
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Nothing.
  public init(nilLiteral: ()) { self = .null }
}

extension DataValue {
  /// The value as JSON (RFC 8259) on one line.
  public var json: String {
    var text = ""
    write(to: &text)
    return text
  }

  /// The value of a member of an object; nil for anything else.
  public subscript(key: String) -> DataValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += value.isFinite ? value.description : "null"
    case .string(let string): Self.write(string, to: &text)
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += ", " }
        element.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += ", " }
        Self.write(member.key, to: &text)
        text += ": "
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
