import Datasets
import Evaluation
import Graphs
import Testing

@Suite("Importance maps")
struct ImportanceMapTests {
  /// A model whose class 0 is the mean of the red channel, class 1 that of the green.
  private func model() throws -> ImageModel {
    let graph = try SmallGraphs.classifier()
    let type = try #require(graph.inputs.first.flatMap { graph.type(of: $0) })
    return try ImageModel(plans: PlanCache(graph), preprocessing: Preprocessing(inputShape: type.shape))
  }

  /// Black but for one red quadrant, in which the only evidence for class 0 lies, and one green.
  private func image(red: (x: Int, y: Int), green: (x: Int, y: Int)) throws -> Image {
    var pixels = [UInt8](repeating: 0, count: 48)
    for y in 0..<4 {
      for x in 0..<4 {
        if x / 2 == red.x, y / 2 == red.y { pixels[(y * 4 + x) * 3] = 255 }
        if x / 2 == green.x, y / 2 == green.y { pixels[(y * 4 + x) * 3 + 1] = 255 }
      }
    }
    return try Image(size: ImageSize(4), pixels: pixels)
  }

  @Test(arguments: [(0, 0), (1, 0), (0, 1), (1, 1)] as [(Int, Int)])
  func pointsAtTheOnlyEvidence(x: Int, y: Int) throws {
    let image = try image(red: (x, y), green: (1 - x, 1 - y))
    let maps = try ImportanceRun(maskCount: 1500, gridSize: 4).maps(of: model(), image, classes: [0, 1])
    let red = maps[0].mostImportantCell(columns: 2, rows: 2)
    let green = maps[1].mostImportantCell(columns: 2, rows: 2)
    #expect(red == (x, y) && green == (1 - x, 1 - y))
    #expect(maps[0].values.min() == 0 && maps[0].values.max() == 1)
    #expect(maps.map(\.classIndex) == [0, 1])
  }

  @Test func isTheSameEachTime() throws {
    let image = try image(red: (0, 1), green: (1, 1))
    let run = ImportanceRun(maskCount: 120, gridSize: 3, seed: 5)
    let model = try model()
    #expect(try run.maps(of: model, image, classes: [1]) == run.maps(of: model, image, classes: [1]))
  }

  @Test func canBeInterrupted() throws {
    let image = try image(red: (0, 1), green: (1, 1))
    let model = try model()
    #expect(throws: CancellationError.self) {
      try ImportanceRun(maskCount: 100_000).maps(of: model, image, classes: [0], isCancelled: { true })
    }
  }
}
