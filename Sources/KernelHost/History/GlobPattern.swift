/// A pattern in which `*` stands for any text and `?` for any one character; everything else stands for itself.
struct GlobPattern {
  private let pattern: [Unicode.Scalar]

  init(_ pattern: String) {
    self.pattern = Array(pattern.unicodeScalars)
  }

  /// Whether the pattern fits `text` from its first to its last scalar; time is at most the product of the lengths.
  func matches(_ text: String) -> Bool {
    let text = Array(text.unicodeScalars)
    var (patternIndex, textIndex) = (0, 0)
    var lastStar: (pattern: Int, text: Int)?
    while textIndex < text.count {
      if patternIndex < pattern.count, pattern[patternIndex] == "*" {
        lastStar = (patternIndex, textIndex)
        patternIndex += 1
      } else if patternIndex < pattern.count, pattern[patternIndex] == "?" || pattern[patternIndex] == text[textIndex] {
        patternIndex += 1
        textIndex += 1
      } else if let star = lastStar {
        lastStar = (star.pattern, star.text + 1)
        patternIndex = star.pattern + 1
        textIndex = star.text + 1
      } else {
        return false
      }
    }
    return pattern[patternIndex...].allSatisfy { $0 == "*" }
  }
}
