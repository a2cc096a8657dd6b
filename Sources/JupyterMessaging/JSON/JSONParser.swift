/// Reads one JSON text (RFC 8259) from UTF-8 bytes.
struct JSONParser {
  /// Arrays and objects inside each other, at most; deeper text is refused so that it cannot exhaust the stack.
  static let maximumDepth = 256

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  static func parse(_ bytes: ArraySlice<UInt8>) throws(MessagingError) -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value(depth: 0)
    parser.skipWhitespace()
    guard parser.position == bytes.endIndex else { throw parser.error("text after the end of the value") }
    return value
  }

  private func error(_ message: String) -> MessagingError {
    MessagingError(.invalidJSON, message, context: "byte \(position - bytes.startIndex)")
  }

  private var current: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func skipWhitespace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func value(depth: Int) throws(MessagingError) -> JSONValue {
    skipWhitespace()
    guard let byte = current else { throw error("a value is missing") }
    switch byte {
    case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw error("a value cannot start here")
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws(MessagingError) -> JSONValue {
    for expected in text.description.utf8 {
      guard current == expected else { throw error("expected \(text)") }
      position += 1
    }
    return value
  }

  private mutating func array(depth: Int) throws(MessagingError) -> [JSONValue] {
    guard depth <= Self.maximumDepth else { throw error("nested more than \(Self.maximumDepth) deep") }
    position += 1
    var elements: [JSONValue] = []
    skipWhitespace()
    if current == UInt8(ascii: "]") {
      position += 1
      return elements
    }
    while true {
      elements.append(try value(depth: depth))
      if try isClosed(by: UInt8(ascii: "]")) { return elements }
    }
  }

  private mutating func object(depth: Int) throws(MessagingError) -> JSONObject {
    guard depth <= Self.maximumDepth else { throw error("nested more than \(Self.maximumDepth) deep") }
    position += 1
    var members: [JSONObject.Member] = []
    skipWhitespace()
    if current == UInt8(ascii: "}") {
      position += 1
      return JSONObject()
    }
    while true {
      skipWhitespace()
      guard current == UInt8(ascii: "\"") else { throw error("expected a key in quotes") }
      let key = try string()
      skipWhitespace()
      guard current == UInt8(ascii: ":") else { throw error("expected \":\"") }
      position += 1
      members.append(JSONObject.Member(key: key, value: try value(depth: depth)))
      if try isClosed(by: UInt8(ascii: "}")) { return JSONObject(members) }
    }
  }

  /// Takes the comma or the closing bracket that follows an element.
  private mutating func isClosed(by closing: UInt8) throws(MessagingError) -> Bool {
    skipWhitespace()
    guard let byte = current, byte == closing || byte == UInt8(ascii: ",") else {
      throw error("expected \",\" or a closing bracket")
    }
    position += 1
    return byte == closing
  }

  private mutating func number() throws(MessagingError) -> JSONValue {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    if current == UInt8(ascii: "0") { position += 1 } else { try digits() }
    var isWhole = true
    if current == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      try digits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      isWhole = false
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let value = Int(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw error("a number out of range") }
    return .number(value)
  }

  private mutating func digits() throws(MessagingError) {
    let start = position
    while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    guard position > start else { throw error("expected a digit") }
  }

  private mutating func string() throws(MessagingError) -> String {
    position += 1
    let start = position
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
    if current == UInt8(ascii: "\"") {
      let text = try validated(bytes[start..<position])
      position += 1
      return text
    }
    var unescaped = Array(bytes[start..<position])
    while let byte = current, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw error("a control character in a string") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        unescaped.append(contentsOf: try escape())
      } else {
        unescaped.append(byte)
      }
    }
    guard current != nil else { throw error("a string without end") }
    position += 1
    return try validated(unescaped[...])
  }

  private func validated(_ codeUnits: ArraySlice<UInt8>) throws(MessagingError) -> String {
    guard let text = String(validating: codeUnits, as: UTF8.self) else { throw error("a string that is not UTF-8") }
    return text
  }

  /// Reads what follows a backslash and gives its UTF-8; a surrogate without its partner becomes U+FFFD.
  private mutating func escape() throws(MessagingError) -> [UInt8] {
    guard let byte = current else { throw error("a string without end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error("an unknown escape")
    }
  }

  private mutating func unicodeEscape() throws(MessagingError) -> [UInt8] {
    let first = try hexadecimal()
    var code = first
    if (0xD800...0xDBFF).contains(first), bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
      let afterFirst = position
      position += 2
      let second = try hexadecimal()
      if (0xDC00...0xDFFF).contains(second) {
        code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
      } else {
        position = afterFirst
      }
    }
    let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func hexadecimal() throws(MessagingError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("expected four hexadecimal digits")
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }
}

extension JSONValue {
  /// Reads the one JSON text in `bytes`.
  ///
  /// - Throws: `MessagingError` with code `invalidJSON` where the text breaks RFC 8259, is not UTF-8, or nests more than
  ///   256 deep.
  public init(parsing bytes: some Sequence<UInt8>) throws(MessagingError) {
    self = try JSONParser.parse(Array(bytes)[...])
  }
}
