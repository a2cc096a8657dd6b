/// Finds the words that somebody may have meant.
package enum SpellingSuggestion {
  /// The nearest of the candidates, nearest first, at most three; empty where none is near.
  ///
  /// Near is: the same but for case; a beginning of at least three letters; or a distance of at most a third of the
  /// longer word's length (at least 1). Words longer than 64 scalars have no neighbours.
  package static func nearest(to word: String, among candidates: some Sequence<String>) -> [String] {
    let typed = Array(word.lowercased().unicodeScalars)
    guard !typed.isEmpty, typed.count <= 64 else { return [] }
    var scored: [(score: Int, order: Int, word: String)] = []
    for (order, candidate) in candidates.enumerated() where candidate != word {
      let other = Array(candidate.lowercased().unicodeScalars)
      guard !other.isEmpty, other.count <= 64 else { continue }
      if scored.contains(where: { $0.word == candidate }) { continue }
      let longer = max(typed.count, other.count)
      let farthest = min(max(1, longer / 3), longer - 1)
      let distance = longer - min(typed.count, other.count) > farthest ? Int.max : distance(typed, other)
      if distance <= farthest {
        scored.append((distance, order, candidate))
      } else if typed.count >= 3, other.starts(with: typed) {
        scored.append((4, order, candidate))
      }
    }
    scored.sort { ($0.score, $0.order) < ($1.score, $1.order) }
    guard let best = scored.first?.score else { return [] }
    return scored.prefix { $0.score <= best }.prefix(3).map(\.word)
  }

  /// "did you mean `a` or `b`?" for the nearest candidates, or nil where none is near.
  package static func question(for word: String, among candidates: some Sequence<String>) -> String? {
    let nearest = nearest(to: word, among: candidates)
    return nearest.isEmpty ? nil : "did you mean \(nearest.map { "`\($0)`" }.joined(with: "or"))?"
  }

  /// The least number of insertions, deletions, replacements and swaps of neighbours that makes one from the other,
  /// where no part is edited twice (the optimal string alignment distance).
  package static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...second.count)
    for (row, left) in first.enumerated() {
      var current = [row + 1]
      for (column, right) in second.enumerated() {
        var best = min(previous[column + 1] + 1, current[column] + 1, previous[column] + (left == right ? 0 : 1))
        if row > 0, column > 0, left == second[column - 1], first[row - 1] == right {
          best = min(best, beforePrevious[column - 1] + 1)
        }
        current.append(best)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[second.count]
  }
}

extension [String] {
  /// The words as an enumeration: "a", "a or b", "a, b or c".
  func joined(with conjunction: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }
}
