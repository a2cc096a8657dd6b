/// Why a value does not fit a type.
struct BindingFailure: Error {
  /// How near the value came.
  enum Nearness: Int {
    /// Another form of value altogether.
    case otherForm
    /// The right form with an impossible content.
    case rightForm
  }

  let diagnostic: Diagnostic
  let nearness: Nearness

  init(_ nearness: Nearness, _ diagnostic: Diagnostic) {
    self.nearness = nearness
    self.diagnostic = diagnostic
  }
}

extension ValueSyntax {
  /// The value as part of a sentence, shortened where it is long: "the text "bird"", "a list".
  var phrase: String {
    switch kind {
    case .string(let text): "the text \(Self.shortened(text).quotedForSource)"
    case .number(let number): "the number \(number)"
    case .bool(let value): value ? "true" : "false"
    case .name(let name): "the word `\(Self.shortened(name))`"
    case .element(let base, _): "a sample of `\(Self.shortened(base.text))`"
    case .list: "a list"
    case .range(let lower, let upper): "the range \(lower)..\(upper)"
    case .size(let sides): sides.count > 2 ? "a size of \(sides.count) sides" : "the size \(self)"
    case .condition: "a condition"
    case .missing: "nothing"
    }
  }

  private static func shortened(_ text: String) -> String {
    text.unicodeScalars.count > 40 ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(39))) + "…" : text
  }
}
