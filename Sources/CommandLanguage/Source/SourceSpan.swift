/// A half-open stretch of a source text, in UTF-8 offsets from its beginning.
///
/// `start <= end` and `start >= 0` always hold; values that would break this are moved.
public struct SourceSpan: Sendable, Hashable {
  /// The offset of the first byte.
  public let start: Int
  /// The offset just after the last byte.
  public let end: Int

  /// The span from `start` up to `end`; a negative start becomes 0, an end before the start becomes the start.
  public init(_ start: Int, _ end: Int) {
    self.start = max(0, start)
    self.end = max(self.start, end)
  }

  /// Whether the span covers no byte; such a span names a place between two bytes.
  public var isEmpty: Bool { start == end }

  /// The smallest span that covers both.
  public func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(min(start, other.start), max(end, other.end))
  }

  /// Whether `offset` lies in the span or at one of its two ends.
  public func touches(_ offset: Int) -> Bool { start <= offset && offset <= end }
}
