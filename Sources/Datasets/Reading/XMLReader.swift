/// An element of an XML file with the line that it begins in.
struct XMLElement {
  /// The name.
  let name: String
  /// The line of its start tag, from 1 on.
  let line: Int
  /// The text in it, without that of the elements in it, trimmed.
  var text = ""
  /// The elements in it.
  var children: [XMLElement] = []

  /// The first element of a name in it.
  subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

  /// The text as a number.
  var number: Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }
}

/// Reads the small part of XML that annotations are written in: elements, text, character references, comments.
///
/// Document types are passed over, so that no entity is expanded and nothing is fetched.
struct XMLReader {
  private static let maximumDepth = 64

  private let bytes: [UInt8]
  private let file: String
  private var place = 0
  private var line = 1

  private init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// The root element of a file.
  ///
  /// - Throws: `DatasetError.invalidAnnotation` with the line.
  static func read(_ bytes: [UInt8], file: String) throws(DatasetError) -> XMLElement {
    var reader = XMLReader(bytes, file: file)
    try reader.skipMisc()
    guard let root = try reader.element(depth: 0) else { throw reader.error("has no element") }
    return root
  }

  private mutating func element(depth: Int) throws(DatasetError) -> XMLElement? {
    guard depth < Self.maximumDepth else { throw error("has elements that lie too deep in each other") }
    guard take("<") else { return nil }
    let start = line
    let name = word { !Self.isSpace($0) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/") }
    guard !name.isEmpty else { throw error("has a tag without a name") }
    var element = XMLElement(name: name, line: start)
    try skipAttributes(of: name)
    if take("/>") { return element }
    guard take(">") else { throw error("has a tag <\(name)> without an end") }
    while place < bytes.count {
      if take("</") {
        let end = word { $0 != UInt8(ascii: ">") && !Self.isSpace($0) }
        skipSpace()
        guard end == name, take(">") else { throw error("ends <\(name)>, begun in line \(start), with </\(end)>") }
        element.text = Self.trimmed(element.text)
        return element
      }
      if take("<!--") {
        try skip(to: "-->")
      } else if take("<![CDATA[") {
        element.text += try text(to: "]]>")
      } else if take("<?") {
        try skip(to: "?>")
      } else if let child = try self.element(depth: depth + 1) {
        element.children.append(child)
      } else {
        element.text += Self.resolved(word { $0 != UInt8(ascii: "<") })
      }
    }
    throw error("does not end <\(name)>, begun in line \(start)")
  }

  private mutating func skipMisc() throws(DatasetError) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    while true {
      skipSpace()
      if take("<?") {
        try skip(to: "?>")
      } else if take("<!--") {
        try skip(to: "-->")
      } else if take("<!") {
        try skipDeclaration()
      } else {
        return
      }
    }
  }

  /// Passes over a document type, with what is declared in it between brackets.
  private mutating func skipDeclaration() throws(DatasetError) {
    while place < bytes.count {
      if take(">") { return }
      if take("[") { try skip(to: "]") } else { advance() }
    }
    throw error("has a declaration without an end")
  }

  private mutating func skipAttributes(of name: String) throws(DatasetError) {
    while place < bytes.count, bytes[place] != UInt8(ascii: ">"), !starts("/>") {
      let byte = bytes[place]
      advance()
      guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") else { continue }
      while place < bytes.count, bytes[place] != byte { advance() }
      guard place < bytes.count else { throw error("has an attribute of <\(name)> without an end") }
      advance()
    }
  }

  private mutating func skipSpace() { while place < bytes.count, Self.isSpace(bytes[place]) { advance() } }

  private mutating func skip(to end: String) throws(DatasetError) { _ = try text(to: end) }

  private mutating func text(to end: String) throws(DatasetError) -> String {
    let start = place
    while place < bytes.count {
      let here = place
      if take(end) { return String(decoding: bytes[start..<here], as: UTF8.self) }
      advance()
    }
    throw error("has no “\(end)”")
  }

  private mutating func word(while isPart: (UInt8) -> Bool) -> String {
    let start = place
    while place < bytes.count, isPart(bytes[place]) { advance() }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private func starts(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

  private mutating func take(_ text: String) -> Bool {
    guard place <= bytes.count, starts(text) else { return false }
    place += text.utf8.count
    return true
  }

  private mutating func advance() {
    if bytes[place] == UInt8(ascii: "\n") { line += 1 }
    place += 1
  }

  private func error(_ message: String) -> DatasetError {
    DatasetError(
      .invalidAnnotation, "line \(line) \(message)", remedy: "check that the file is XML and whole", file: file)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x0A, 0x0D, 0x09].contains(byte) }

  private static func trimmed(_ text: String) -> String {
    var text = text[...].drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// The text with its character references replaced; unknown ones stay.
  private static func resolved(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&"), let end = rest[start...].firstIndex(of: ";") {
      result += rest[..<start]
      let name = rest[rest.index(after: start)..<end]
      result += scalar(name) ?? "&\(name);"
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func scalar(_ name: Substring) -> String? {
    switch name {
    case "lt": "<"
    case "gt": ">"
    case "amp": "&"
    case "quot": "\""
    case "apos": "'"
    default:
      if name.hasPrefix("#x") {
        UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init).map { String(Character($0)) }
      } else if name.hasPrefix("#") {
        UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init).map { String(Character($0)) }
      } else {
        nil
      }
    }
  }
}
