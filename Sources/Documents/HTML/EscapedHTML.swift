/// The text as content or as a quoted attribute value of HTML or SVG; the only way for text to get into either.
///
/// Escapes `&`, `<`, `>`, `"` and `'`, makes control characters and marks of text direction visible, keeps line breaks.
func escapedHTML(_ text: String) -> String {
  let text = VisibleText.lines(text)
  guard text.utf8.contains(where: isSpecial) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private func isSpecial(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
  default: false
  }
}
