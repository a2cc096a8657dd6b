/// Splits a text in the Protocol Buffers text format into fields, so that errors can name the line.
struct PrototxtParser {
  private static let deepestNesting = 32

  private let text: [UInt8]
  private var position = 0
  private var line = 1

  /// Parses a whole text.
  ///
  /// - Throws: `ModelFormatError.malformedFile` naming the line.
  static func fields(of text: [UInt8]) throws(ModelFormatError) -> [PrototxtField] {
    var parser = PrototxtParser(text)
    var fields: [PrototxtField] = []
    while let field = try parser.field(depth: 0) { fields.append(contentsOf: field) }
    guard let byte = parser.peek else { return fields }
    throw parser.error("expected the name of a field, but found “\(Self.shown(byte))”")
  }

  private init(_ text: [UInt8]) {
    self.text = text
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next byte that is neither space nor comment.
  private var peek: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek {
      if byte == UInt8(ascii: "#") {
        while let byte = peek, byte != UInt8(ascii: "\n") { position += 1 }
      } else if byte == UInt8(ascii: "\n") {
        line += 1
        position += 1
      } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
        position += 1
      } else {
        return
      }
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// One field, which is several if its value is a list; nil where no name follows.
  private mutating func field(depth: Int) throws(ModelFormatError) -> [PrototxtField]? {
    skipSpace()
    let start = line
    let name = word()
    guard !name.isEmpty else { return nil }
    let hasColon = take(":")
    var contents: [PrototxtField.Content] = []
    if take("[") {
      guard !take("]") else { return [] }
      repeat { contents.append(try content(of: name, depth: depth)) } while take(",")
      guard take("]") else { throw error("the list of “\(name)” is not closed") }
    } else {
      skipSpace()
      guard hasColon || peek == UInt8(ascii: "{") || peek == UInt8(ascii: "<") else {
        throw error("expected “:” or “{” behind “\(name)”")
      }
      contents.append(try content(of: name, depth: depth))
    }
    _ = take(",") || take(";")
    return contents.map { PrototxtField(name: name, line: start, content: $0) }
  }

  private mutating func content(of name: String, depth: Int) throws(ModelFormatError) -> PrototxtField.Content {
    if take("{") { return try message(of: name, closing: "}", depth: depth) }
    if take("<") { return try message(of: name, closing: ">", depth: depth) }
    guard let byte = peek else { throw error("the text ends where “\(name)” should have a value") }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return .scalar(try strings()) }
    let scalar = word(number: true)
    guard !scalar.isEmpty else { throw error("expected a value of “\(name)”, but found “\(Self.shown(byte))”") }
    return .scalar(scalar)
  }

  private mutating func message(
    of name: String, closing: Unicode.Scalar, depth: Int
  ) throws(ModelFormatError) -> PrototxtField.Content {
    let start = line
    guard depth < Self.deepestNesting else { throw error("“\(name)” is nested too deeply") }
    var fields: [PrototxtField] = []
    while let field = try field(depth: depth + 1) { fields.append(contentsOf: field) }
    guard take(closing) else {
      guard let byte = peek else {
        throw error("the text ends before “\(name)”, opened in line \(start), is closed")
      }
      throw error("expected the name of a field or “\(closing)”, but found “\(Self.shown(byte))”")
    }
    return .message(fields)
  }

  /// Letters, digits and underscores, for values also signs and points.
  private mutating func word(number: Bool = false) -> String {
    let start = position
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        position += 1
      case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
        guard number else { return String(decoding: text[start..<position], as: UTF8.self) }
        position += 1
      default: return String(decoding: text[start..<position], as: UTF8.self)
      }
    }
    return String(decoding: text[start..<position], as: UTF8.self)
  }

  /// Quoted strings, of which several in a row make one.
  private mutating func strings() throws(ModelFormatError) -> String {
    var parts: [String] = []
    while let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let start = position
      position += 1
      while let byte = peek, byte != quote {
        guard byte != UInt8(ascii: "\n") else { break }
        position += byte == UInt8(ascii: "\\") && position + 1 < text.count ? 2 : 1
      }
      guard peek == quote else { throw error("a quoted string is not closed") }
      position += 1
      parts.append(String(decoding: text[start..<position], as: UTF8.self))
      skipSpace()
    }
    return parts.joined(separator: " ")
  }

  private func error(_ message: String) -> ModelFormatError {
    ModelFormatError(.malformedFile, "line \(line): \(message)", remedy: "correct the line")
  }

  private static func shown(_ byte: UInt8) -> String {
    (0x21...0x7E).contains(byte) ? String(UnicodeScalar(byte)) : "byte \(byte)"
  }
}
