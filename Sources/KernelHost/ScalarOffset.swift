extension String {
  /// The index of the Unicode scalar number `offset`, as the wire counts cursor positions; clamped to the string.
  func index(atScalar offset: Int) -> Index {
    unicodeScalars.index(startIndex, offsetBy: max(0, offset), limitedBy: endIndex) ?? endIndex
  }

  /// The bounds of `range` counted in Unicode scalars, as the wire counts cursor positions; clamped to the string.
  func scalarOffsets(of range: Range<Index>) -> Range<Int> {
    let clamped = range.clamped(to: startIndex..<endIndex)
    let start = unicodeScalars.distance(from: startIndex, to: clamped.lowerBound)
    return start..<start + unicodeScalars.distance(from: clamped.lowerBound, to: clamped.upperBound)
  }
}
