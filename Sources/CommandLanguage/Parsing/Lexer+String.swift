extension Lexer {
  /// Reads a string to its closing quote or to the end of the line.
  mutating func lexString(quote: Unicode.Scalar) -> Token.Kind {
    let start = offset
    var content = String.UnicodeScalarView()
    advance()
    while let scalar = peek(), scalar != "\n", scalar != "\r" {
      if scalar == quote {
        advance()
        return .string(String(content), isTerminated: true)
      }
      if scalar == "\\" {
        lexEscape(into: &content)
      } else {
        content.append(scalar)
        advance()
      }
    }
    diagnostics.append(
      Diagnostic(
        .unterminatedString, "this text has no closing quote", at: SourceSpan(start, offset),
        expected: [String(quote)], help: "close it with \(quote) before the end of the line"))
    return .string(String(content), isTerminated: false)
  }

  private mutating func lexEscape(into content: inout String.UnicodeScalarView) {
    let start = offset
    advance()
    let simple: [Unicode.Scalar: Unicode.Scalar] = [
      "n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\", "\"": "\"", "'": "'",
    ]
    if let scalar = peek(), let meaning = simple[scalar] {
      content.append(meaning)
      advance()
      return
    }
    if peek() == "u", peek(1) == "{" {
      offset += 2
      let digits = take { $0.properties.isASCIIHexDigit }
      if peek() == "}", digits.count <= 8, let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) {
        content.append(scalar)
        advance()
        return
      }
      if peek() == "}" { advance() }
    } else if let scalar = peek(), scalar != "\n", scalar != "\r" {
      content.append(scalar)
      advance()
    }
    let written = source.text(in: SourceSpan(start, offset))
    diagnostics.append(
      Diagnostic(
        .invalidEscape, "`\(written)` is not an escape", at: SourceSpan(start, offset),
        expected: ["\\n", "\\r", "\\t", "\\0", "\\\\", "\\\"", "\\'", "\\u{…}"],
        help: "write \\\\ for a backslash, or / between the parts of a path"))
  }
}
