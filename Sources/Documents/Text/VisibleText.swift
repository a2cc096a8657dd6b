/// Text in which nothing acts behind the reader's back.
///
/// Names of files, classes and layers come from anywhere. Control characters would break terminals and markup, and
/// marks of text direction make a name read differently from what it is; both are shown instead of obeyed.
enum VisibleText {
  /// The text for one line: line breaks and tabs become spaces.
  static func line(_ text: String) -> String {
    replacing(text) { $0 == "\n" || $0 == "\t" || $0 == "\r" || $0 == "\u{2028}" || $0 == "\u{2029}" ? " " : nil }
  }

  /// The text for several lines: line breaks stay, a tab becomes two spaces.
  static func lines(_ text: String) -> String {
    replacing(text) { scalar in
      switch scalar {
      case "\n", "\u{2028}", "\u{2029}": "\n"
      case "\t": "  "
      case "\r": ""
      default: nil
      }
    }
  }

  private static func replacing(_ text: String, _ whitespace: (Unicode.Scalar) -> String?) -> String {
    guard text.unicodeScalars.contains(where: needsReplacement) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if !needsReplacement(scalar) {
        result.unicodeScalars.append(scalar)
      } else if let replacement = whitespace(scalar) {
        result += replacement
      } else if scalar.properties.generalCategory == .format {
        result += "[U+\(String(scalar.value, radix: 16, uppercase: true))]"
      } else {
        result.unicodeScalars.append("\u{FFFD}")
      }
    }
    return result
  }

  private static func needsReplacement(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0xFFFE, 0xFFFF: true
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
