/// What a file may leave open about a model's inputs.
public struct ImportOptions: Sendable, Hashable {
  /// The shape of the model's only input, in the file's axis order; takes the place of the file's.
  public var shape: [Int]?
  /// The shapes of inputs by their names; take the place of the file's.
  public var shapes: [String: [Int]]
  /// The extent of a first axis that the file leaves open, at least 1.
  public var batch: Int

  /// Makes options; without any, files must give all extents but the batch.
  public init(shape: [Int]? = nil, shapes: [String: [Int]] = [:], batch: Int = 1) {
    self.shape = shape
    self.shapes = shapes
    self.batch = batch
  }
}
