import CommandLanguage
import Testing

@Suite struct InspectorTests {
  private func inspect(_ marked: MarkedSource) -> Inspection? {
    Inspector(Sample.vocabulary).inspect(marked.source, at: marked.places[0], in: Sample.scope)
  }

  static let titles: [(String, String?)] = [
    ("1️⃣calibrate", "calibrate"), ("calibrate1️⃣", "calibrate"), ("quant1️⃣ize parent", "calibrate"),
    ("x = lo1️⃣ad \"a\"", "load"), ("repo1️⃣rt", "report"), ("report acc1️⃣uracy int8", "report accuracy"),
    ("report pre1️⃣", "report"), ("report predictions in1️⃣t8", "int8"),
    ("report predictions zz1️⃣", "report predictions model"),
    ("calibrate parent us1️⃣ing: photos", "calibrate using:"), ("calibrate parent using:1️⃣ ", "calibrate using:"),
    ("calibrate parent using: pho1️⃣tos", "photos"), ("load \"a\" st1️⃣d: 2", "load scale:"), ("load \"a\" zz1️⃣: 2", "load"),
    ("calibrate parent preset: mi1️⃣xed", "calibrate preset: mixed"), ("load \"a\" scale: 21️⃣", "load scale:"),
    ("load \"a1️⃣.onnx\"", "load file"), ("load \"a\" mean: [1, 1️⃣2]", "load mean:"), ("load \"a\" 1️⃣ ", "load"),
    ("pho1️⃣tos", "photos"), ("par1️⃣ent = load \"a\"", "parent"), ("fresh1️⃣ = load \"a\"", "fresh"),
    ("report predictions int8 where: ra1️⃣nk > 0", "report predictions where: rank"),
    ("report predictions int8 where: rank >1️⃣ 0", "report predictions where:"), ("help cali1️⃣brate", "calibrate"),
    ("visualize int8 photos[1️⃣\"a\"]", "photos"), ("zzz1️⃣ a", nil), ("1️⃣", nil),
  ]

  @Test(arguments: titles)
  func `a cursor finds its page`(text: String, title: String?) {
    #expect(inspect(MarkedSource(text))?.page.title == title)
  }

  @Test func `the page speaks of the word under the cursor`() throws {
    let marked = MarkedSource("größe = 1\ncalibrate parent preset: mi1️⃣xed drop: 1%")
    let inspection = try #require(inspect(marked))
    #expect(marked.source.text(in: inspection.span) == "mixed")
    #expect(inspection.page.summary == "asymmetric activations")
  }

  @Test func `names assigned in the cell are known`() {
    #expect(inspect(MarkedSource("new = load \"a\"\ncalibrate ne1️⃣w"))?.page.summary == "from `load`")
    #expect(inspect(MarkedSource("n = 5\nn1️⃣"))?.page.summary == "`5`")
    #expect(inspect(MarkedSource("int8 = dataset \"a\"\ncalibrate int1️⃣8"))?.page.summary == "from `dataset`")
  }

  @Test func `a command's page as text`() throws {
    let page = try #require(HelpPage(ofVerb: "calibrate", in: Sample.vocabulary))
    #expect(
      page.text == """
        calibrate

          calibrate model using: dataset [preset: performance|mixed] [drop: percent] [ignore: [text, …]]

        Makes the INT8 child of a model.

        Runs the model over the images.

        Also written `quantize`.

        A name assigned to it stands for a model.

        Values
          model  model  required  the parent

        Labels
          using:   dataset            required     images for the statistics
          preset:  performance|mixed  performance  how
          drop:    percent            1%           accepted loss of accuracy
          ignore:  [text, …]                       layers that stay in FP32

        Examples
          # makes a child
          q = calibrate m using: d preset: mixed
        """)
  }

  @Test func `a label's page as text`() throws {
    let page = try #require(inspect(MarkedSource("load \"a\" chan1️⃣nels: rgb"))?.page)
    #expect(
      page.text == """
        load channels:

          channels: rgb|bgr|gray

        order of channels

        Takes one of rgb, bgr, gray. Without it, rgb holds.

        Choices
          rgb
          bgr
          gray  one channel
        """)
  }

  @Test func `a verb with subjects lists its commands`() throws {
    let page = try #require(HelpPage(ofVerb: "report", in: Sample.vocabulary))
    #expect(page.usage == "report predictions|accuracy …")
    #expect(page.sections.flatMap(\.rows).map(\.name) == ["report predictions", "report accuracy"])
    #expect(HelpPage(of: Sample.vocabulary).sections[0].rows.count == Sample.vocabulary.signatures.count)
    #expect(HelpPage(ofVerb: "nothing", in: Sample.vocabulary) == nil)
  }
}
