extension WindowGeometry {
  /// Bytes of input and output pixels of which all groups of channels are computed before the next ones.
  private static let blockTarget = 48 * 1024
  /// More bytes of weights than these are better read once.
  private static let largestWeights = 256 * 1024

  /// How many output pixels to compute for each group of channels in turn, so that the pixels stay in the nearest cache:
  /// a multiple of the tile's rows, or all of them if there is one group or the weights of all groups are large.
  ///
  /// - Parameters:
  ///   - weights: bytes of the weights of one group.
  ///   - inputByteCount: bytes of an element of the input.
  ///   - outputByteCount: bytes of an element of the output.
  func pixelsOfBlock(groups: Int, weights: Int, tile: Int, inputByteCount: Int, outputByteCount: Int) -> Int {
    guard groups > 1, weights <= Self.largestWeights / groups else { return max(outputPixels, 1) }
    let bytes = inputStride * inputByteCount * strideHeight * strideWidth + outputStride * outputByteCount
    return max(Self.blockTarget / max(bytes, 1) / tile, 1) * tile
  }
}
