import CommandLanguage
import Testing

@Suite struct BinderDiagnosticTests {
  static let mistakes: [(String, Diagnostic.Code, String, String?)] = [
    ("1️⃣laod2️⃣ \"a\"", .unknownCommand, "there is no command `laod`", "did you mean `load`?"),
    ("1️⃣parnt2️⃣", .unknownCommand, "`parnt` is neither a command nor a name that was assigned", "did you mean `parent`?"),
    (
      "x = 1️⃣parnt2️⃣", .unknownName, "`parnt` is neither a command nor a name that was assigned", "did you mean `parent`?"
    ),
    (
      "1️⃣photos2️⃣ parent", .unknownCommand, "`photos` is a dataset, not a command",
      "a statement begins with a command: `command photos`"
    ),
    (
      "report1️⃣", .unknownSubject, "`report` needs a word behind it that says which one",
      "write `report predictions` or `report accuracy`"
    ),
    (
      "report 1️⃣predictons2️⃣ int8", .unknownSubject,
      "`report` needs a word behind it that says which one, not the word `predictons`", "did you mean `predictions`?"
    ),
    ("calibrate parent 1️⃣usng2️⃣: photos", .unknownLabel, "`calibrate` has no label `usng:`", "did you mean `using`?"),
    (
      "calibrate 1️⃣model2️⃣: parent using: photos", .unknownLabel, "`calibrate` has no label `model:`",
      "give the model without a label: `calibrate …`"
    ),
    ("environment 1️⃣all2️⃣: true", .unknownLabel, "`environment` has no label `all:`", "it takes no labels"),
    ("calibrate 1️⃣parnt2️⃣ using: photos", .unknownName, "the name `parnt` was never assigned", "did you mean `parent`?"),
    (
      "calibrate 1️⃣zzz2️⃣ using: photos", .unknownName, "the name `zzz` was never assigned",
      "assign it first: `zzz = load …`"
    ),
    (
      "visualize int8 1️⃣nope2️⃣[\"a\"]", .unknownName, "the name `nope` was never assigned",
      "assign it first: `nope = dataset …`"
    ),
    (
      "calibrate 1️⃣photos2️⃣ using: photos", .wrongKind, "`calibrate` takes a model, and `photos` is a dataset",
      "of that kind: parent, int8, later"
    ),
    (
      "calibrate 1️⃣\"a.onnx\"2️⃣ using: photos", .wrongType, "`calibrate` takes a model, not the text \"a.onnx\"",
      "give it a name first: `model = load \"a.onnx\"`"
    ),
    ("calibrate1️⃣ using: photos", .missingArgument, "`calibrate` needs a model", "for instance `later`"),
    (
      "visualize int81️⃣", .missingArgument,
      "`visualize` needs the image: a sample of a dataset such as photos[\"bird.jpg\"] or a path in quotes", nil
    ),
    (
      "calibrate parent1️⃣", .missingArgument, "`calibrate` needs the label `using:` with a dataset",
      "for instance `using: later`"
    ),
    ("load \"a\" scale: 1 1️⃣std2️⃣: 2", .repeatedLabel, "`std:` is given twice", "leave one of them out"),
    (
      "load \"a\" mean: 1 1️⃣mean2️⃣: 2", .repeatedLabel, "`mean:` is given twice",
      "give all values as one list: `mean: [a, b]`"
    ),
    (
      "load \"a\" weights: 1️⃣w2️⃣", .wrongType, "`weights:` takes a path in quotes, not the word `w`",
      "text stands in quotes: \"w\""
    ),
    ("load 1️⃣\"\"2️⃣", .outOfRange, "this path is empty", "write the path of a file or folder"),
    ("load 1️⃣\"a\\0b\"2️⃣", .outOfRange, "a path cannot contain a NUL character", "write the path of a file or folder"),
    ("load \"a\" scale: 1️⃣02️⃣", .outOfRange, "`scale:` takes a number of at least 0.001, not the number 0", nil),
    (
      "load \"a\" scale: 1️⃣5ms2️⃣", .wrongType, "`scale:` takes a number of at least 0.001, and `ms` is no unit of it",
      "leave out the unit, or use one that is understood here"
    ),
    ("load \"a\" mean: 1️⃣[1, 2, 3, 4, 5]2️⃣", .outOfRange, "`mean:` takes a list of 1 to 4 numbers, and here are 5", nil),
    ("load \"a\" mean: [1, 1️⃣\"2\"2️⃣]", .wrongType, "`mean:` takes a number, not the text \"2\"", nil),
    (
      "load \"a\" channels: 1️⃣brg2️⃣", .unknownChoice, "`channels:` takes one of rgb, bgr, gray, not the word `brg`",
      "did you mean `bgr`?"
    ),
    ("load \"a\" resize: 1️⃣2242️⃣", .wrongType, "`resize:` takes a size such as 224x224, not the number 224", nil),
    (
      "load \"a\" resize: 1️⃣1x2x32️⃣", .outOfRange,
      "`resize:` takes a size such as 224x224, not a size of 3 sides, and it is to be of two sides from 1 to 65535", nil
    ),
    (
      "dataset \"a\" seed: 1️⃣0.52️⃣", .wrongType, "`seed:` takes a whole number, not the number 0.5",
      "leave out the fraction"
    ),
    (
      "dataset \"a\" seed: 1️⃣99999999999999999992️⃣", .outOfRange, "`seed:` takes a whole number, not the number 1e+19",
      "the number is too large"
    ),
    ("dataset \"a\" subset: 1️⃣02️⃣", .outOfRange, "`subset:` takes a whole number of at least 1, not the number 0", nil),
    (
      "dataset \"a\" subset: 1️⃣half2️⃣", .wrongType,
      "`subset:` takes a whole number of at least 1 or a percentage such as 0.5%, not the word `half`", nil
    ),
    (
      "dataset \"a\" subset: 1️⃣120%2️⃣", .outOfRange,
      "`subset:` takes a percentage such as 0.5%, not the number 120%, and it is to be from 0% to 100%", nil
    ),
    (
      "calibrate parent using: photos drop: 1️⃣0.52️⃣", .wrongType,
      "`drop:` takes a percentage such as 0.5%, and the number 0.5 has no unit",
      "write `0.5%`, or `50%` for a part of 1"
    ),
    (
      "benchmark parent latency: 1️⃣52️⃣", .wrongType,
      "`latency:` takes a duration such as 5ms or 2s, and the number 5 has no unit", "write `5ms` or `5s`"
    ),
    (
      "benchmark parent latency: 1️⃣0s2️⃣", .outOfRange,
      "`latency:` takes a duration such as 5ms or 2s, not the number 0s, and it is to be above 0", nil
    ),
    ("benchmark parent streams: 1️⃣4..22️⃣", .outOfRange, "this range ends before it begins", "write `2..4`"),
    ("x = 1️⃣1..999999992️⃣", .outOfRange, "this range is longer than 10000 numbers", "write a shorter range"),
    (
      "x = 1️⃣-9223372036854775808..92233720368547758072️⃣", .outOfRange, "this range is longer than 10000 numbers",
      "write a shorter range"
    ),
    (
      "visualize int8 photos[0] explain: 1️⃣yes2️⃣", .wrongType, "`explain:` takes true or false, not the word `yes`",
      "write true or false"
    ),
    (
      "visualize int8 photos[1️⃣-12️⃣]", .wrongType,
      "a sample is picked by its file name in quotes or its place from 0, not by the number -1", nil
    ),
    (
      "visualize int8 photos[1️⃣bird2️⃣]", .wrongType,
      "a sample is picked by its file name in quotes or its place from 0, not by the word `bird`",
      "text stands in quotes: \"bird\""
    ),
    (
      "visualize int8 1️⃣photos2️⃣", .wrongType,
      "`visualize` takes a sample of a dataset such as photos[\"bird.jpg\"] or a path in quotes, not the word `photos`",
      "pick one sample: `photos[0]`, or by its file name: `photos[\"…\"]`"
    ),
    (
      "visualize int8 1️⃣parent2️⃣[0]", .wrongKind, "`visualize` takes a dataset, and `parent` is a model",
      "of that kind: photos, later"
    ),
    (
      "report predictions int8 where: 1️⃣rnk2️⃣ > 0", .unknownColumn, "there is no column `rnk` here",
      "did you mean `rank`?"
    ),
    (
      "report predictions int8 where: rank > 1️⃣high2️⃣", .wrongType,
      "the column `rank` has numbers, which cannot be compared with the text \"high\"", "for instance `rank > 0`"
    ),
    (
      "report predictions int8 where: 1️⃣rank contains 52️⃣", .wrongType, "`contains` cannot compare the number 5",
      "`contains` is for text; use = != < <= > >= here"
    ),
    ("report predictions int8 where: 1️⃣correct < true2️⃣", .wrongType, "`<` cannot compare true", "use = or !="),
    (
      "report predictions int8 where: 1️⃣rank2️⃣", .wrongType,
      "`where:` takes a condition such as rank > 0, not the word `rank`",
      "a condition compares a column with a value: rank > 0"
    ),
    (
      "report predictions int8 sort: 1️⃣ranks2️⃣", .unknownColumn,
      "`sort:` takes a column: rank, confidence, class, correct, not the word `ranks`", "did you mean `rank`?"
    ),
    (
      "report predictions int8 top: 1️⃣rank > 02️⃣", .wrongType,
      "`top:` takes a whole number from 1 to 100, not a condition", nil
    ),
    (
      "report predictions int8 1️⃣photos2️⃣", .tooManyValues,
      "`report predictions` takes one value without a label, and here is the word `photos` too",
      "did you mean `on: photos`?"
    ),
    (
      "visualize int8 photos[0] 1️⃣explain2️⃣", .tooManyValues,
      "`visualize` takes 2 values without a label, and here is the word `explain` too",
      "did you mean `explain: …`, with true or false?"
    ),
    (
      "environment 1️⃣12️⃣ 2", .tooManyValues, "`environment` takes no value without a label, and here is the number 1 too",
      nil
    ),
    (
      "load \"a\" mean: 1 1️⃣22️⃣", .tooManyValues, "`mean:` takes one value, and here is the number 2 behind it",
      "several values are one list: `mean: [a, b]`"
    ),
    (
      "report predictions on: photos 1️⃣int82️⃣", .tooManyValues,
      "`on:` takes one value, and here is the word `int8` behind it", "values without a label stand before the labels"
    ),
    ("1️⃣x2️⃣ = help", .wrongKind, "`help` gives nothing that could have a name", "leave out `x =`"),
    ("help 1️⃣lod2️⃣", .unknownCommand, "`help` takes the name of a command, not the word `lod`", "did you mean `load`?"),
    (
      "x = 1️⃣[parent]2️⃣", .wrongType, "only a plain value, a name or what a command gives can have a name, not a list",
      "leave out `x =` to show it"
    ),
  ]

  @Test(arguments: mistakes)
  func `a mistake is one diagnostic with place, cause and remedy`(
    text: String, code: Diagnostic.Code, message: String, help: String?
  ) throws {
    let marked = MarkedSource(text)
    let (cell, syntax) = Parser.parse(marked.source)
    #expect(syntax.isEmpty)
    let (bound, diagnostics) = Binder(Sample.vocabulary).bind(try #require(cell.statements.first), in: Sample.scope)
    #expect(bound == nil)
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first.map { marked.source.marking($0.span) } == text)
    #expect(diagnostics.first?.code == code)
    #expect(diagnostics.first?.message == message)
    #expect(diagnostics.first?.help == help)
  }

  @Test func `all that is missing or wrong in a statement is said at once`() {
    let (cell, _) = Parser.parse("calibrate using: parent preset: mixd preset: mixed")
    let diagnostics = Binder(Sample.vocabulary).bind(cell.statements[0], in: Sample.scope).diagnostics
    #expect(diagnostics.map(\.code) == [.wrongKind, .unknownChoice, .repeatedLabel, .missingArgument])
    #expect(diagnostics[2].notes == [.init("first given here", span: SourceSpan(24, 30))])
  }

  @Test func `a statement with syntax errors is not bound`() {
    let (cell, syntax) = Parser.parse("calibrate parent usng: [")
    #expect(syntax.count == 1)
    #expect(Binder(Sample.vocabulary).bind(cell.statements[0], in: Sample.scope).diagnostics.isEmpty)
  }
}
