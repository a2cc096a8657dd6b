import Documents
import Foundation
import Testing

@Suite struct ChartTests {
  @Test(arguments: [("bars", Samples.bars), ("lines", Samples.lines), ("histogram", Samples.histogram)])
  func `SVG and Vega-Lite`(_ name: String, _ chart: Chart) throws {
    try expectSnapshot(chart.svg(), "\(name).svg")
    let specification = chart.vegaLite()
    let object = try #require(try JSONSerialization.jsonObject(with: Data(specification.utf8)) as? [String: Any])
    #expect(object["$schema"] as? String == "https://vega.github.io/schema/vega-lite/v5.json")
    try expectSnapshot(specification.replacingOccurrences(of: "},{", with: "},\n{") + "\n", "\(name).vegalite.json")
  }

  // Edges at multiples of 1, 2 or 5 times a power of ten that enclose the values; counts by hand.
  @Test(
    arguments: [
      ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 5, [0, 2, 4, 6, 8, 10], [2, 2, 2, 2, 2]),
      ([0.1, 0.2, 0.3], 2, [0.1, 0.2, 0.3], [1, 2]),
      ([1, 2, .nan, .infinity, 3], 2, [1, 2, 3], [1, 2]),
      ([], 5, [], []),
    ] as [([Double], Int, [Double], [Int])])
  func bins(_ values: [Double], _ count: Int, _ edges: [Double], _ counts: [Int]) {
    let histogram = Histogram(of: values, binCount: count, axis: Axis("v"), countTitle: "n")
    #expect(histogram.edges == edges)
    #expect(histogram.counts == counts)
  }

  @Test(
    arguments: [[5.0], [1e300, -1e300], [1e-300, 2e-300], [0, 0], [1e17, 1e17 + 16], [-3, -3.0000000001]] as [[Double]])
  func `every value falls into a bin`(_ values: [Double]) {
    let histogram = Histogram(of: values, axis: Axis("v"), countTitle: "n")
    #expect(histogram.counts.reduce(0, +) == values.count)
    #expect((2...60).contains(histogram.edges.count))
    #expect(zip(histogram.edges, histogram.edges.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func `a chart has no HTML in its bundle, a document has it first`() throws {
    let chart = try Samples.bars.bundle()
    #expect(
      chart.entries.map(\.mediaType) == ["application/vnd.vegalite.v5+json", "image/png", "text/plain"])
    #expect(chart.entries[1].width == 640)
    let document = try Document(title: "T", blocks: [.chart(Samples.bars)]).bundle(includingPNG: true)
    #expect(document.entries.map(\.mediaType) == ["text/html", "image/png", "text/plain"])
    let bare = try Document(title: "T").bundle(includingPNG: true)
    #expect(bare.entries.map(\.mediaType) == ["text/html", "text/plain"])
    #expect(bare["text/plain"] == .text("T\n═\n"))
  }
}
