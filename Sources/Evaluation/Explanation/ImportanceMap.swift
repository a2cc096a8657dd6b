public import Datasets
import Dispatch
import Inference
import Synchronization
import Tensors

/// How much each part of a picture counts for the score of a class.
public struct ImportanceMap: Sendable, Hashable {
  /// The class whose score is explained.
  public let classIndex: Int
  /// Columns and rows, those of the model's input.
  public let size: ImageSize
  /// From 0, the least important pixel, to 1, row by row from the top left; all 0 where no pixel stands out.
  public let values: [Float]

  /// Takes a map; nil unless there is one value for each pixel.
  public init?(classIndex: Int, size: ImageSize, values: [Float]) {
    guard values.count == size.pixelCount else { return nil }
    self.init(classIndex: classIndex, size: size, uncheckedValues: values)
  }

  init(classIndex: Int, size: ImageSize, uncheckedValues values: [Float]) {
    self.classIndex = classIndex
    self.size = size
    self.values = values
  }

  /// The most important cell of a grid of so many columns and rows, counted from 0 at the top left.
  public func mostImportantCell(columns: Int, rows: Int) -> (column: Int, row: Int) {
    var sums = [Float](repeating: 0, count: columns * rows)
    for y in 0..<size.height {
      for x in 0..<size.width {
        sums[min(y * rows / size.height, rows - 1) * columns + min(x * columns / size.width, columns - 1)] +=
          values[y * size.width + x]
      }
    }
    let best = sums.indices.max { sums[$0] < sums[$1] } ?? 0
    return (best % columns, best / columns)
  }
}

/// Explains a prediction by hiding random parts of the picture: RISE.
///
/// Petsiuk, Das and Saenko: RISE: Randomized Input Sampling for Explanation of Black-box Models, BMVC 2018. A mask is a
/// coarse grid of cells, each open with a probability, enlarged bilinearly and shifted by a random part of a cell. The
/// importance of a pixel is the mean of the class's scores weighted by how open the masks are there. What is hidden
/// becomes 0 in the model's input.
public struct ImportanceRun: Sendable {
  private static let pollMilliseconds = 20

  /// How many masks are tried.
  public let maskCount: Int
  /// How many cells a mask has in each direction.
  public let gridSize: Int
  /// The probability of an open cell.
  public let openProbability: Double
  /// Where the random numbers begin.
  public let seed: UInt64

  /// A run; without numbers as the DL Workbench makes it: 2000 masks of 8 x 8 cells, half of them open.
  public init(maskCount: Int = 2000, gridSize: Int = 8, openProbability: Double = 0.5, seed: UInt64 = 0) {
    self.maskCount = max(maskCount, 1)
    self.gridSize = min(max(gridSize, 1), 64)
    self.openProbability = min(max(openProbability, 0.01), 1)
    self.seed = seed
  }

  /// The maps of some classes for one picture; the same for any number of threads.
  ///
  /// - Parameter progress: told from time to time how many masks are done, on the calling thread.
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true, `DatasetError`, `GraphError`, `InferenceError`.
  public func maps(
    of model: ImageModel, _ image: Image, classes: [Int], isCancelled: () -> Bool = { false },
    progress: (_ finished: Int) -> Void = { _ in }
  ) throws -> [ImportanceMap] {
    let plan = try model.plans.plan(batch: 1, isCancelled: isCancelled)
    let job = ImportanceJob(
      run: self, plan: plan, preprocessing: model.preprocessing, values: try model.preprocessing.values(image),
      classes: classes)
    let group = DispatchGroup()
    defer { job.stop() }
    for index in 0..<ProcessorCount.active {
      DispatchQueue(label: "octet.explain.\(index)").async(group: group) { job.work() }
    }
    while group.wait(timeout: .now() + .milliseconds(Self.pollMilliseconds)) == .timedOut {
      if isCancelled() { throw CancellationError() }
      progress(job.finishedCount)
    }
    if isCancelled() { throw CancellationError() }
    return try job.maps()
  }

  /// The mask of a number: how open it is at each pixel, from 0 to 1.
  func mask(_ index: Int, size: ImageSize) -> [Float] {
    var generator = SplitMix64(seed: seed &+ UInt64(truncatingIfNeeded: index) &* 0x9E37_79B9)
    let side = gridSize + 1
    let cells = (0..<side * side).map { _ -> Float in
      Double(generator.next() >> 11) / 9_007_199_254_740_992 < openProbability ? 1 : 0
    }
    let cellWidth = (Double(size.width) / Double(gridSize)).rounded(.up)
    let cellHeight = (Double(size.height) / Double(gridSize)).rounded(.up)
    let shiftX = Double(generator.next() % UInt64(cellWidth))
    let shiftY = Double(generator.next() % UInt64(cellHeight))
    var mask = [Float](repeating: 0, count: size.width * size.height)
    // Bilinear between the centres of the cells, constant beyond the outermost ones.
    func place(_ pixel: Int, _ shift: Double, _ cell: Double) -> (Int, Int, Float) {
      let position = max((Double(pixel) + shift + 0.5) / cell - 0.5, 0)
      let lower = min(Int(position), side - 1)
      return (lower, min(lower + 1, side - 1), Float(position - Double(lower)))
    }
    let columns = (0..<size.width).map { place($0, shiftX, cellWidth) }
    for y in 0..<size.height {
      let (top, bottom, down) = place(y, shiftY, cellHeight)
      for x in 0..<size.width {
        let (left, right, across) = columns[x]
        let upper = cells[top * side + left] * (1 - across) + cells[top * side + right] * across
        let lower = cells[bottom * side + left] * (1 - across) + cells[bottom * side + right] * across
        mask[y * size.width + x] = upper * (1 - down) + lower * down
      }
    }
    return mask
  }
}

/// The masks of one run that are still to be tried, and what came of the others.
private final class ImportanceJob: Sendable {
  /// Masks are added up in blocks of this many, the blocks in order, so that sums do not depend on threads.
  private static let blockSize = 25

  private let run: ImportanceRun
  private let plan: ExecutionPlan
  private let preprocessing: Preprocessing
  private let values: [Float]
  private let classes: [Int]
  private let next = Atomic(0)
  private let finished = Atomic(0)
  private let isStopped = Atomic(false)
  private let blocks: Mutex<[Int: [[Double]]]>
  private let failure = Mutex<(any Error)?>(nil)

  init(
    run: ImportanceRun, plan: ExecutionPlan, preprocessing: Preprocessing, values: [Float], classes: [Int]
  ) {
    self.run = run
    self.plan = plan
    self.preprocessing = preprocessing
    self.values = values
    self.classes = classes
    blocks = Mutex([:])
  }

  private var blockCount: Int { (run.maskCount + Self.blockSize - 1) / Self.blockSize }
  private var size: ImageSize { preprocessing.crop }

  var finishedCount: Int { finished.load(ordering: .relaxed) }

  func stop() { isStopped.store(true, ordering: .relaxed) }

  func work() {
    do {
      let executor = try Executor(plan)
      while !isStopped.load(ordering: .relaxed) {
        let block = next.add(1, ordering: .relaxed).oldValue
        guard block < blockCount else { return }
        let sums = try sums(ofBlock: block, executor)
        blocks.withLock { $0[block] = sums }
      }
    } catch {
      failure.withLock { $0 = $0 ?? error }
      stop()
    }
  }

  private func sums(ofBlock block: Int, _ executor: Executor) throws -> [[Double]] {
    let pixelCount = size.width * size.height
    var sums = [[Double]](repeating: [Double](repeating: 0, count: pixelCount), count: classes.count)
    let shape = try preprocessing.tensorShape(imageCount: 1)
    for index in block * Self.blockSize..<min((block + 1) * Self.blockSize, run.maskCount) {
      if isStopped.load(ordering: .relaxed) { throw CancellationError() }
      let mask = run.mask(index, size: size)
      let scores = Scores(try executor.run([Tensor(shape: shape, masked(mask))]).first?.floats ?? [])
      for (place, classIndex) in classes.enumerated() {
        let score = Double(scores.score(of: classIndex))
        for pixel in 0..<pixelCount { sums[place][pixel] += score * Double(mask[pixel]) }
      }
      finished.add(1, ordering: .relaxed)
    }
    return sums
  }

  private func masked(_ mask: [Float]) -> [Float] {
    var masked = values
    let channels = preprocessing.channels.count
    switch preprocessing.layout {
    case .nchw:
      for index in masked.indices { masked[index] *= mask[index % mask.count] }
    case .nhwc:
      for index in masked.indices { masked[index] *= mask[index / channels] }
    }
    return masked
  }

  func maps() throws -> [ImportanceMap] {
    if let failure = failure.withLock({ $0 }) { throw failure }
    let blocks = blocks.withLock { $0 }
    return classes.enumerated().map { place, classIndex in
      var total = [Double](repeating: 0, count: size.width * size.height)
      for block in 0..<blockCount {
        guard let sums = blocks[block]?[place] else { continue }
        for pixel in total.indices { total[pixel] += sums[pixel] }
      }
      let (low, high) = (total.min() ?? 0, total.max() ?? 0)
      let range = high - low
      return ImportanceMap(
        classIndex: classIndex, size: size,
        uncheckedValues: total.map { range > 0 ? Float(($0 - low) / range) : 0 })
    }
  }
}
