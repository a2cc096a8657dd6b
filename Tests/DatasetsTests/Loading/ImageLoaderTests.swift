import Datasets
import Synchronization
import Tensors
import Testing

@Suite struct ImageLoaderTests {
  private let folder: TemporaryFolder
  private let dataset: Dataset
  private let preprocessing: Preprocessing

  init() throws {
    folder = try TemporaryFolder()
    for name in ["a", "c", "e", "g", "i"] { try folder.addPicture("baseline-420.jpg", as: name + "1.jpg") }
    for name in ["b", "d", "f"] { try folder.addPicture("large-scale.png", as: name + "2.png") }
    try folder.write(Array(Fixture.bytes("Pictures/filtered.png").dropLast(500)), to: "c3-cut-off.png")
    try folder.addPicture("one-pixel.jpg", as: "h-too-small.jpg")
    dataset = try Dataset(openingFolder: folder.path)
    preprocessing = try Preprocessing(
      PreprocessingOptions(crop: ImageSize(32), mean: [10]), inputShape: Shape([1, 3, 32, 32]))
  }

  @Test(arguments: [(1, 3), (2, 3), (5, 3), (2, 1), (3, 100), (0, 0)])
  func `Batches hold the pictures in order, whatever the number of threads`(threadCount: Int, batchSize: Int) throws {
    var paths: [String] = []
    var values: [Float] = []
    var sizes: [Int] = []
    var finished: [Int] = []
    let summary = try ImageLoader(threadCount: threadCount).forEachBatch(
      of: dataset, batchSize: batchSize, preprocessing: preprocessing
    ) { batch in
      #expect(batch.tensor.shape.dimensions == [batch.samples.count, 3, 32, 32])
      #expect(batch.totalCount == 10)
      paths += batch.samples.map(\.path)
      values += batch.tensor.floats
      sizes.append(batch.samples.count)
      finished.append(batch.finishedCount)
    }
    #expect(paths == ["a1.jpg", "b2.png", "c1.jpg", "d2.png", "e1.jpg", "f2.png", "g1.jpg", "i1.jpg"])
    #expect(values == (try paths.flatMap { try preprocessing.values(dataset.load(dataset.sample(named: $0))) }))
    switch batchSize {
    case 3: #expect(sizes == [3, 3, 2] && finished == [3, 7, 10])
    case 100: #expect(sizes == [8] && finished == [10])
    default: #expect(sizes == [Int](repeating: 1, count: 8))
    }
    #expect(summary.loadedCount == 8)
    #expect(
      summary.skipped.map(\.description) == [
        "c3-cut-off.png: the PNG picture is damaged or cut off (the file ends early); fetch or save it again",
        "h-too-small.jpg: the picture of 1x1 is smaller than the crop of 32x32; give a size with resize:",
      ])
  }

  @Test func `Loading ends when it is cancelled`() throws {
    let isCancelled = Atomic(false)
    var batchCount = 0
    #expect(throws: CancellationError.self) {
      try ImageLoader().forEachBatch(
        of: dataset, batchSize: 2, preprocessing: preprocessing,
        isCancelled: { isCancelled.load(ordering: .relaxed) }
      ) { _ in
        batchCount += 1
        isCancelled.store(true, ordering: .relaxed)
      }
    }
    #expect(batchCount == 1)
  }

  @Test func `An error of the consumer ends the loading`() throws {
    #expect(throws: TensorError.self) {
      try ImageLoader().forEachBatch(of: dataset, batchSize: 2, preprocessing: preprocessing) { batch in
        _ = try batch.tensor.reshaped(to: Shape([1]))
      }
    }
  }

  @Test func `A dataset of which nothing can be used is an error`() throws {
    let preprocessing = try Preprocessing(
      PreprocessingOptions(crop: ImageSize(500)), inputShape: Shape([1, 3, 500, 500]))
    let error = #expect(throws: DatasetError.self) {
      try ImageLoader().forEachBatch(of: dataset, batchSize: 2, preprocessing: preprocessing) { _ in }
    }
    #expect(
      error?.message
        == "none of the 10 pictures can be used; the first, a1.jpg: the picture of 45x33 is smaller than the crop of 500x500; give a size with resize:"
    )
  }
}
