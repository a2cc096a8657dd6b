import Datasets
import Foundation
import Tensors
import Testing

/// Comparisons on photographs that lie beside the project's folder, in `../shared/data`.
@Suite(.enabled(if: SharedData.root != nil, "../shared/data is absent"))
struct SharedDataTests {
  private let root: String
  private let preprocessing: Preprocessing

  init() throws {
    root = try #require(SharedData.root)
    preprocessing = try Preprocessing(
      PreprocessingOptions(resize: .shorterSide(256), crop: ImageSize(224), mean: [127.5], scale: [127.5]),
      inputShape: Shape([1, 3, 224, 224]))
  }

  @Test func `The first eight photographs have the reference's pixels`() throws {
    let dataset = try Dataset(openingFolder: root + "/imagenet-validation")
    let file = try Data(contentsOf: URL(fileURLWithPath: root + "/expected/pixels_validation_first8.npy"))
    let expected = [UInt8](file.suffix(8 * preprocessing.elementCount))
    let pixels = try dataset.samples.prefix(8).flatMap { try preprocessing.pixels(dataset.load($0)) }
    #expect(pixels == expected)
  }

  @Test(arguments: [("imagenet-validation", 100, 3, 993), ("imagenet-calibration", 200, 0, 995)])
  func `All photographs can be loaded`(name: String, count: Int, first: Int, last: Int) throws {
    let dataset = try Dataset(openingFolder: root + "/" + name)
    #expect(dataset.format == "imagenet")
    #expect(dataset.problems.isEmpty)
    #expect(dataset.isAnnotated)
    #expect(dataset.samples.first?.classIndex == first)
    #expect(dataset.samples.last?.classIndex == last)
    #expect(dataset.annotationsOutOfRange(classCount: 1000).isEmpty)
    let summary = try ImageLoader().forEachBatch(of: dataset, batchSize: 16, preprocessing: preprocessing) { batch in
      #expect(batch.tensor.floats.allSatisfy { (-1...1).contains($0) })
    }
    #expect(summary.loadedCount == count)
    #expect(summary.skipped.isEmpty)
  }

  @Test func `The lists of labels fit their models`() throws {
    let without = try Labels(contentsOfFile: root + "/models/imagenet_1000_labels.txt")
    let with = try Labels(contentsOfFile: root + "/models/imagenet_1001_labels.txt")
    try without.check(classCount: 1000)
    try with.check(classCount: 1001)
    #expect(without[0] == "tench")
    #expect(with[1] == "tench")
    #expect(throws: DatasetError.self) { try without.check(classCount: 1001) }
  }
}
