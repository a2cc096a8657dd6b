import CommandLanguage
import Testing

@Suite struct CompleterTests {
  private func complete(_ marked: MarkedSource) -> CompletionList {
    Completer(Sample.vocabulary).complete(
      marked.source, at: marked.places[0], in: Sample.scope, source: SampleCompletionSource())
  }

  private static let verbs = [
    "load", "dataset", "calibrate", "benchmark", "report", "visualize", "projects", "environment", "help",
  ]
  private static let names = ["later", "limit", "times", "photos", "int8", "parent"]

  static let cases: [(String, [String])] = [
    ("1️⃣", verbs + names), ("x = 1️⃣", verbs + names), ("lo1️⃣", ["load"]), ("LO1️⃣", ["load"]), ("q1️⃣", ["quantize"]),
    ("p1️⃣", ["projects", "photos", "parent"]), ("x = lo1️⃣ad \"a\"", ["load"]), ("load \"a\"; d1️⃣", ["dataset"]),
    ("load \"a\"\nre1️⃣", ["report"]), ("load \"a\"\n1️⃣", verbs + names), ("zzz 1️⃣", []),
    ("report 1️⃣", ["predictions", "accuracy"]), ("report p1️⃣ int8", ["predictions"]),
    ("calibrate 1️⃣", ["later", "int8", "parent", "using: ", "preset: ", "drop: ", "ignore: "]),
    ("calibrate pa1️⃣", ["parent"]), ("calibrate parent 1️⃣", ["using: ", "preset: ", "drop: ", "ignore: "]),
    ("quantize parent u1️⃣", ["using: "]), ("calibrate parent using: 1️⃣", ["later", "photos"]),
    ("calibrate parent using: ph1️⃣ preset: mixed", ["photos"]),
    ("calibrate parent 1️⃣ preset: mixed", ["using: ", "drop: ", "ignore: "]),
    ("calibrate parent pr1️⃣e: mixed", ["preset"]),
    ("calibrate parent using: photos\n  1️⃣", ["preset: ", "drop: ", "ignore: "]),
    ("calibrate parent using: photos\n  p1️⃣", ["preset: "]),
    ("calibrate parent preset: 1️⃣", ["performance", "mixed"]), ("calibrate parent preset: mi1️⃣xed", ["mixed"]),
    ("calibrate parent preset: \"mi1️⃣", ["mixed\""]),
    ("calibrate parent using: photos 1️⃣", ["preset: ", "drop: ", "ignore: "]),
    ("calibrate parent drop: 0.51️⃣", ["0.5%"]), ("benchmark parent latency: 51️⃣", ["5s", "5ms"]),
    ("benchmark parent streams: 41️⃣", []),
    ("benchmark parent 1️⃣", ["later", "int8", "parent", "streams: ", "seconds: ", "latency: "]),
    ("benchmark parent streams: 1..1️⃣", []), ("benchmark parent streams: [1️⃣", []),
    ("load \"a\" channels: g1️⃣", ["gray"]), ("load \"a\" std: 2 s1️⃣", []),
    ("load \"a\" 1️⃣ mean: [1, 2] scale: 2", ["weights: ", "channels: ", "resize: ", "example: "]),
    ("visualize int8 photos[0] explain: 1️⃣", ["true", "false"]),
    (
      "visualize int8 1️⃣",
      ["later[", "photos[", "\"net.onnx\"", "\"a \\\"b\\\".onnx\"", "\"models/", "\"photos/", "explain: "]
    ),
    ("visualize int8 photos[1️⃣", ["\"bird.jpg\"", "\"boat.jpg\"", "\"it's.jpg\""]),
    ("visualize int8 photos[\"bi1️⃣", ["bird.jpg\""]),
    ("visualize int8 photos[\"b1️⃣\"] explain: true", ["bird.jpg", "boat.jpg"]),
    ("visualize int8 photos['i1️⃣", ["it\\'s.jpg'"]), ("photos[\"bo1️⃣\"]", ["boat.jpg"]),
    ("visualize int8 parent[\"1️⃣", []),
    (
      "load 1️⃣",
      [
        "\"net.onnx\"", "\"a \\\"b\\\".onnx\"", "\"models/", "\"photos/", "weights: ", "mean: ", "scale: ",
        "channels: ", "resize: ", "example: ",
      ]
    ),
    ("load \"n1️⃣", ["net.onnx\""]), ("load \"n1️⃣\" weights: \"x\"", ["net.onnx"]),
    ("load 'n1️⃣et.onnx' mean: 1", ["net.onnx"]),
    ("load \"a \\\"1️⃣", ["a \\\"b\\\".onnx\""]), ("load \"m1️⃣", ["models/"]), ("load ne1️⃣", ["\"net.onnx\""]),
    ("load weights: \"m1️⃣", ["models/"]), ("dataset \"ph1️⃣", ["photos/\""]), ("load \"net.onnx\"1️⃣", []),
    ("report predictions int8 where: 1️⃣", ["rank", "confidence", "class", "correct"]),
    ("report predictions int8 where: c1️⃣ > 5%", ["confidence", "class", "correct"]),
    ("report predictions int8 where: rank 1️⃣", ["=", "!=", "<", "<=", ">", ">="]),
    ("report predictions int8 where: class c1️⃣", ["contains"]),
    ("report predictions int8 where: correct 1️⃣", ["=", "!="]),
    ("report predictions int8 where: correct = 1️⃣", ["true", "false", "later", "limit"]),
    ("report predictions int8 where: rank > 1️⃣", ["later", "limit"]),
    ("report predictions int8 where: rank > 0 1️⃣", ["and", "or", "on: ", "sort: ", "top: "]),
    ("report predictions int8 where: (rank > 0 or \"cl1️⃣", ["class\""]),
    ("report predictions int8 where: rank > 0 and 1️⃣ sort: rank", ["rank", "confidence", "class", "correct"]),
    ("report predictions int8 where: rank > 0 so1️⃣", ["sort: "]),
    ("report predictions int8 sort: co1️⃣", ["confidence", "correct"]),
    ("help re1️⃣", ["report"]), ("help report pre1️⃣", ["predictions"]), ("environment # lo1️⃣", []), ("load \"# n1️⃣", []),
    ("net = load \"a\"\nbig = dataset \"d\"\ncalibrate n1️⃣", ["net"]), ("calibrate n1️⃣\nnet = load \"a\"", []),
    ("load \"a\" mean: [1, 2\n  1️⃣", []),
  ]

  @Test(arguments: cases)
  func `a cursor offers what fits`(text: String, items: [String]) {
    #expect(complete(MarkedSource(text)).items.map(\.text) == items)
  }

  @Test func `the whole word or the typed path is replaced`() {
    let cases: [(String, String)] = [
      ("lo1️⃣", "1️⃣lo2️⃣"), ("x = lo1️⃣ad \"a\"", "x = 1️⃣load2️⃣ \"a\""), ("load \"n1️⃣\"", "load \"1️⃣n2️⃣\""),
      ("load 'n1️⃣et.onnx'", "load '1️⃣net.onnx2️⃣'"), ("load \"a1️⃣b c\"", "load \"1️⃣ab2️⃣ c\""),
      ("load \"a1️⃣ weights: 1", "load \"1️⃣a2️⃣ weights: 1"), ("calibrate m us1️⃣ing: d", "calibrate m 1️⃣using2️⃣: d"),
      ("größe 🐦\ncalibrate pa1️⃣", "größe 🐦\ncalibrate 1️⃣pa2️⃣"), ("benchmark m latency: 51️⃣", "benchmark m latency: 1️⃣52️⃣"),
      ("load 1️⃣", "load 1️⃣"),
    ]
    for (text, expected) in cases {
      let marked = MarkedSource(text)
      #expect(marked.source.marking(complete(marked).replaced) == expected)
    }
  }

  @Test func `items say what they are`() {
    let items = complete(MarkedSource("calibrate parent 1️⃣")).items
    #expect(items[0] == CompletionItem("using: ", .label, signature: "dataset", summary: "images for the statistics"))
    #expect(items[1].signature == "performance|mixed")
    #expect(
      complete(MarkedSource("calib1️⃣")).items
        == [
          CompletionItem(
            "calibrate", .command, signature: "calibrate model using: dataset …",
            summary: "Makes the INT8 child of a model.")
        ])
    #expect(
      complete(MarkedSource("repo1️⃣")).items.map(\.summary) == ["report predictions, report accuracy"])
    #expect(
      complete(MarkedSource("describe = 1; calibrate int1️⃣")).items
        == [CompletionItem("int8", .name, signature: "model", summary: "MobileNetV2, INT8")])
    #expect(complete(MarkedSource("calibrate parent preset: m1️⃣")).items.map(\.summary) == ["asymmetric activations"])
    #expect(complete(MarkedSource("load \"1️⃣")).items.map(\.kind) == [.file, .file, .folder, .folder])
  }

  @Test func `columns that are known only at run time come from the source`() {
    let vocabulary = CommandVocabulary([
      CommandSignature(
        "show", summary: "s", positional: [.init("result", .reference([.result]), "s")],
        labels: [.init("where", .condition([]), "s"), .init("sort", .column([]), "s")])
    ])
    for text in ["show times where: 1️⃣", "show times sort: f1️⃣"] {
      let marked = MarkedSource(text)
      let list = Completer(vocabulary).complete(
        marked.source, at: marked.places[0], in: Sample.scope, source: SampleCompletionSource())
      #expect(list.items == [CompletionItem("fps", .column, signature: "number")])
    }
  }

  @Test func `every offered label, verb and choice is understood`() throws {
    for text in ["calibrate parent using: photos 1️⃣", "calibrate parent using: photos preset: 1️⃣"] {
      let marked = MarkedSource(text)
      for item in complete(marked).items where item.kind == .choice {
        let statement = Parser.parse(marked.source.text + item.text).cell.statements[0]
        #expect(Binder(Sample.vocabulary).bind(statement, in: Sample.scope).statement != nil)
      }
    }
  }
}
