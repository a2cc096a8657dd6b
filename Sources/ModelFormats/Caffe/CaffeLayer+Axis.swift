extension CaffeLayer {
  /// An axis counted from the front.
  ///
  /// - Parameters:
  ///   - axis: an axis; a negative one counts from the back.
  ///   - end: one more than the largest axis that is allowed.
  /// - Throws: `ModelFormatError.invalidModel` if there is no such axis.
  func axis(_ axis: Int32, below end: Int) throws(ModelFormatError) -> Int {
    let counted = axis < 0 ? Int(axis) + end : Int(axis)
    guard (0..<end).contains(counted) else {
      throw error(.invalidModel, "there is no axis \(axis) among \(end)", remedy: "correct the axis")
    }
    return counted
  }
}
