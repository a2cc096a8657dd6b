import CommandLanguage
import Testing

@Suite struct CommandVocabularyTests {
  @Test func `the sample has no problems`() {
    #expect(Sample.vocabulary.problems == [])
  }

  @Test func `verbs, aliases and subjects are found`() {
    #expect(Sample.vocabulary.verbs.filter { $0 == "report" }.count == 1)
    #expect(Sample.vocabulary.signatures(for: "quantize").map(\.verb) == ["calibrate"])
    #expect(Sample.vocabulary.signature(for: "report", subject: "accuracy")?.title == "report accuracy")
    #expect(Sample.vocabulary.signature(for: "report", subject: nil) == nil)
    #expect(Sample.vocabulary.subjects == ["predictions", "accuracy"])
  }

  @Test func `bad declarations are named`() {
    let vocabulary = CommandVocabulary([
      CommandSignature(
        "a", aliases: ["b-c"], summary: "s",
        positional: [
          .init("x", .string, required: false, "s"), .init("y", .string, repeated: true, "s"), .init("z", .string, "s"),
        ],
        labels: [
          .init("x", .string, "s"), .init("n", .integer(1...3), default: "4", "s"), .init("c", .choice([]), ""),
        ], examples: [.init("a q: 1", ""), .init("a \"\" \"\" [", "")]),
      CommandSignature("a", summary: "s"),
    ])
    #expect(
      vocabulary.problems == [
        "`a`: `b-c` is not a word", "`a`: `x` is declared twice",
        "`a`: only the last positional argument can be repeated",
        "`a`: a required positional argument stands behind one that is not",
        "`a`: the default of `n` is not a whole number from 1 to 3", "`a`: `c` has nothing to choose from",
        "`a`: `c` has no summary", "`a`: the example `a q: 1`: `a` has no label `q:`",
        "`a`: the example `a \"\" \"\" [`: expected `]`", "`a` is declared twice",
      ])
  }

  @Test func `types read as phrases and short names`() {
    let types: [(ArgumentType, String, String)] = [
      (.number, "a number", "number"),
      (.number(0.5..., units: [.time]), "a number (in s or ms) of at least 0.5", "number"),
      (.number(in: -1...1), "a number from -1 to 1", "number"),
      (.integer(1...), "a whole number of at least 1", "integer"),
      (.integer, "a whole number", "integer"),
      (.list(of: .integer(1...), count: 3...3), "a list of 3 whole numbers", "[integer, …]"),
      (.reference([.model, .dataset]), "a model or a dataset", "model|dataset"),
      (
        .either([.integer(1...9), .percent]), "a whole number from 1 to 9 or a percentage such as 0.5%",
        "integer|percent"
      ),
      (.choice(["rgb", "two words"]), "one of rgb, two words", "rgb|\"two words\""),
      (.condition([.init("class", .text)]), "a condition such as class contains \"bird\"", "condition"),
    ]
    for (type, phrase, shortName) in types {
      #expect(type.phrase == phrase)
      #expect(type.shortName == shortName)
    }
  }
}
