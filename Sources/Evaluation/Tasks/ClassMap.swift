public import Datasets

/// A class for each place of a grid over a model's input, row by row from the top left, as runs of equal classes.
public struct ClassMap: Sendable, Hashable {
  /// Neighbours in reading order that have one class.
  public struct Run: Sendable, Hashable {
    /// The class.
    public let classIndex: Int
    /// How many places, at least 1.
    public let length: Int

    /// Makes a run.
    public init(classIndex: Int, length: Int) {
      self.classIndex = classIndex
      self.length = length
    }
  }

  /// The extents of the grid.
  public let size: ImageSize
  /// The runs.
  public let runs: [Run]

  /// Takes one class a place; nil unless there are as many as places.
  public init?(classes: some Collection<Int>, size: ImageSize) {
    guard let count = size.pixelCount, classes.count == count else { return nil }
    var (runs, length): ([Run], Int) = ([], 0)
    var last: Int?
    for index in classes {
      if let last, last != index {
        runs.append(Run(classIndex: last, length: length))
        length = 0
      }
      last = index
      length += 1
    }
    if let last { runs.append(Run(classIndex: last, length: length)) }
    self.size = size
    self.runs = runs
  }

  /// Takes runs; nil unless they cover the grid.
  public init?(runs: [Run], size: ImageSize) {
    guard let count = size.pixelCount else { return nil }
    var sum = 0
    for run in runs {
      guard run.length > 0, run.length <= count - sum else { return nil }
      sum += run.length
    }
    guard sum == count else { return nil }
    self.size = size
    self.runs = runs
  }

  /// One class a place.
  public var classes: [Int] { runs.flatMap { [Int](repeating: $0.classIndex, count: $0.length) } }

  /// The class of every pixel of the picture, row by row: that of the place below the pixel's centre, and
  /// `ClassMask.ignored` where the model does not see the picture.
  ///
  /// - Parameter size: the number of pixels that is wanted, such as that of an annotation; the picture's own unless given.
  public func spread(over view: PictureView, size target: ImageSize? = nil) -> [Int] {
    let (classes, target) = (classes, target ?? view.picture)
    func places(_ count: Int, _ pictureExtent: Int, _ extent: Int, _ input: Int, _ place: (Double) -> Double) -> [Int?]
    {
      (0..<max(count, 0)).map { pixel in
        let inPicture = (Double(pixel) + 0.5) * Double(pictureExtent) / Double(count)
        let inGrid = (place(inPicture) * Double(extent) / Double(max(input, 1))).rounded(.down)
        return inGrid >= 0 && inGrid < Double(extent) ? Int(inGrid) : nil
      }
    }
    let columns = places(target.width, view.picture.width, size.width, view.input.width) {
      view.inputPoint(ImagePoint(x: $0, y: 0)).x
    }
    let rows = places(target.height, view.picture.height, size.height, view.input.height) {
      view.inputPoint(ImagePoint(x: 0, y: $0)).y
    }
    var result: [Int] = []
    result.reserveCapacity(columns.count * rows.count)
    for row in rows {
      for column in columns {
        if let row, let column {
          result.append(classes[row * size.width + column])
        } else {
          result.append(ClassMask.ignored)
        }
      }
    }
    return result
  }
}
