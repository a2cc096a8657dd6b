import CommandLanguage
import Testing

@Suite struct SpellingSuggestionTests {
  static let distances: [(String, String, Int)] = [
    ("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("ab", "ba", 1), ("ca", "abc", 3), ("load", "load", 0),
    ("größe", "grösse", 2),
  ]

  @Test(arguments: distances)
  func `the distance is that of optimal string alignment`(first: String, second: String, distance: Int) {
    let scalars = (Array(first.unicodeScalars), Array(second.unicodeScalars))
    #expect(SpellingSuggestion.distance(scalars.0, scalars.1) == distance)
    #expect(SpellingSuggestion.distance(scalars.1, scalars.0) == distance)
  }

  static let words = ["load", "calibrate", "compare", "performance", "mixed", "on", "only"]
  static let typed: [(String, [String])] = [
    ("laod", ["load"]), ("LOAD", ["load"]), ("calib", ["calibrate"]), ("peformance", ["performance"]), ("co", []),
    ("zebra", []), ("onyl", ["only"]), ("", []), ("x", []), (String(repeating: "a", count: 65), []),
  ]

  @Test(arguments: typed)
  func `only near words are suggested`(word: String, nearest: [String]) {
    #expect(SpellingSuggestion.nearest(to: word, among: Self.words) == nearest)
  }
}
