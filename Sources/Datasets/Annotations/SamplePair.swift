/// Two pictures of faces, and whether they show the same person.
public struct SamplePair: Sendable, Hashable {
  /// The path of one picture, relative to the dataset's root.
  public let first: String
  /// The path of the other.
  public let second: String
  /// Whether both show the same person.
  public let isSame: Bool

  /// Makes a pair.
  public init(_ first: String, _ second: String, isSame: Bool) {
    self.first = first
    self.second = second
    self.isSame = isSame
  }
}
