import CommandLanguage
import Testing

/// A cell in which `1️⃣`, `2️⃣` and so on mark places; the markers are no part of the text.
struct MarkedSource: CustomTestStringConvertible {
  let marked: String
  let source: SourceText
  /// The UTF-8 offset of each marker in the text without markers, in order of the markers' numbers.
  let places: [Int]

  init(_ marked: String) {
    var text = ""
    var places: [Int: Int] = [:]
    for character in marked {
      let scalars = Array(character.unicodeScalars)
      if scalars.count == 3, scalars[1] == "\u{FE0F}", scalars[2] == "\u{20E3}", let number = Int(String(scalars[0])) {
        places[number] = text.utf8.count
      } else {
        text.append(character)
      }
    }
    self.marked = marked
    source = SourceText(text)
    self.places = places.sorted { $0.key < $1.key }.map(\.value)
  }

  /// From the first marker to the second; empty at the first where there is no second.
  var span: SourceSpan { SourceSpan(places[0], places.count > 1 ? places[1] : places[0]) }

  var testDescription: String { marked }
}

extension SourceText {
  /// The text with markers at the ends of a span, one where it is empty.
  func marking(_ span: SourceSpan) -> String {
    text(in: SourceSpan(0, span.start)) + "1️⃣" + text(in: span) + (span.isEmpty ? "" : "2️⃣")
      + text(in: SourceSpan(span.end, utf8Count))
  }
}
