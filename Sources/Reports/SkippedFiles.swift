import Datasets
import Documents

/// The files that a report had to leave out, as blocks of its page.
enum SkippedFiles {
  private static let shown = 20

  /// Nothing where no file was left out; otherwise a warning with the count, and the reasons to unfold.
  static func blocks(_ problems: [DatasetProblem], what: String = "could not be used and were left out") -> [Block] {
    guard !problems.isEmpty else { return [] }
    let count = problems.count
    let sentence = count == 1 ? "1 file or line \(what.replacingPlural)" : "\(count) files or lines \(what)"
    var items = problems.prefix(shown).map { RichText($0.description) }
    if count > shown { items.append(RichText("… and \(count - shown) more")) }
    return [
      .callout(Callout(.warning, RichText(sentence + "."))),
      .details(summary: "Which, and why", blocks: [.list(items)]),
    ]
  }
}

extension String {
  fileprivate var replacingPlural: String {
    split(separator: " ", omittingEmptySubsequences: false).map { $0 == "were" ? "was" : String($0) }
      .joined(separator: " ")
  }
}
