public import Datasets

/// Which pixels of a picture are an object's: lengths of runs outside and inside in turn, column by column.
public struct InstanceMask: Sendable, Hashable {
  /// The size of the picture.
  public let size: ImageSize
  /// The lengths, the first outside; their sum is the number of pixels.
  public let runs: [Int]

  /// The largest picture whose outlines are filled.
  private static let maximumPixelCount = 1 << 28

  /// Takes runs; nil unless they are not negative and add up to the pixels of the picture.
  public init?(runs: [Int], size: ImageSize) {
    guard let count = size.pixelCount, count <= Self.maximumPixelCount else { return nil }
    var sum = 0
    for run in runs {
      guard run >= 0, run <= count - sum else { return nil }
      sum += run
    }
    guard sum == count else { return nil }
    self.size = size
    self.runs = runs
  }

  /// Takes one flag a pixel, row by row; nil unless there are as many as pixels.
  public init?(pixels: [Bool], size: ImageSize) {
    guard pixels.count == size.pixelCount else { return nil }
    var (runs, isInside, length): ([Int], Bool, Int) = ([], false, 0)
    for x in 0..<size.width {
      for y in 0..<size.height {
        if pixels[y * size.width + x] != isInside {
          runs.append(length)
          (isInside, length) = (!isInside, 0)
        }
        length += 1
      }
    }
    self.init(runs: runs + [length], size: size)
  }

  /// Fills an outline; nil for polygons without the picture's size, or runs that do not fit their own.
  public init?(_ outline: AnnotatedObject.Outline, size: ImageSize?) {
    switch outline {
    case .runs(let runs, let own): self.init(runs: runs, size: own)
    case .polygons(let polygons):
      guard let size, let count = size.pixelCount, count <= Self.maximumPixelCount else { return nil }
      var inside = [Bool](repeating: false, count: count)
      for polygon in polygons { PolygonFilling.fill(polygon, size, &inside) }
      self.init(columns: inside, size: size)
    }
  }

  /// Takes one flag a pixel, column by column.
  private init?(columns: [Bool], size: ImageSize) {
    var (runs, isInside, length): ([Int], Bool, Int) = ([], false, 0)
    for pixel in columns {
      if pixel != isInside {
        runs.append(length)
        (isInside, length) = (!isInside, 0)
      }
      length += 1
    }
    self.init(runs: runs + [length], size: size)
  }

  /// How many pixels are the object's.
  public var area: Int { stride(from: 1, to: runs.count, by: 2).reduce(0) { $0 + runs[$1] } }

  /// How many pixels are in both masks, divided by those in one of them, or by those in this one where the other is of a
  /// crowd; 0 for pictures of different sizes.
  public func intersectionOverUnion(_ other: InstanceMask, otherIsCrowd: Bool = false) -> Double {
    guard size == other.size else { return 0 }
    var common = 0
    var (ours, theirs) = (RunCursor(runs), RunCursor(other.runs))
    while let left = ours.left, let right = theirs.left {
      let step = min(left, right)
      if ours.isInside, theirs.isInside { common += step }
      ours.advance(step)
      theirs.advance(step)
    }
    let union = otherIsCrowd ? area : area + other.area - common
    return union > 0 ? Double(common) / Double(union) : 0
  }

  /// A place in runs.
  private struct RunCursor {
    private let runs: [Int]
    private var place = 0
    private(set) var left: Int?

    init(_ runs: [Int]) {
      self.runs = runs
      left = runs.first
      skipEmpty()
    }

    var isInside: Bool { !place.isMultiple(of: 2) }

    mutating func advance(_ step: Int) {
      left = left.map { $0 - step }
      skipEmpty()
    }

    private mutating func skipEmpty() {
      while left == 0 {
        place += 1
        left = place < runs.count ? runs[place] : nil
      }
    }
  }
}
