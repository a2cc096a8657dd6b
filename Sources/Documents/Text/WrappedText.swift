/// Text broken into lines at spaces.
enum WrappedText {
  /// The lines of a text, each at most `width` columns wide; a longer word is broken.
  static func lines(_ text: String, width: Int) -> [String] {
    let width = max(width, 1)
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      var used = 0
      for word in paragraph.split(separator: " ") {
        let needed = DisplayWidth.of(String(word))
        if !line.isEmpty, used + 1 + needed <= width {
          line += " " + word
          used += 1 + needed
          continue
        }
        if !line.isEmpty { lines.append(line) }
        var pieces = pieces(of: word, width)
        line = pieces.popLast() ?? ""
        used = DisplayWidth.of(line)
        lines += pieces
      }
      lines.append(line)
    }
    return lines
  }

  /// The word in parts of at most `width` columns; one character may be wider.
  private static func pieces(of word: Substring, _ width: Int) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var used = 0
    for character in word {
      let next = DisplayWidth.of(character)
      if used + next > width, !piece.isEmpty {
        pieces.append(piece)
        piece = ""
        used = 0
      }
      piece.append(character)
      used += next
    }
    return pieces + [piece]
  }
}
