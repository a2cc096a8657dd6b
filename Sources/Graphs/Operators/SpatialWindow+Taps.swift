extension SpatialWindow {
  /// For each output position and each tap of the window, both row-major, the flat index of the input position it reads;
  /// -1 in the padding.
  ///
  /// The scalar reference evaluations use it; it knows any number of spatial axes.
  func taps(input: [Int], output: [Int], pads: [Int]) -> [Int] {
    let kernelCount = kernel.reduce(1, *)
    let outputCount = output.reduce(1, *)
    var taps = [Int](repeating: -1, count: kernelCount * outputCount)
    for position in 0..<outputCount {
      let at = Self.coordinates(of: position, in: output)
      for k in 0..<kernelCount {
        let tap = Self.coordinates(of: k, in: kernel)
        var flat = 0
        for axis in 0..<rank {
          let i = at[axis] * strides[axis] - pads[axis] + tap[axis] * dilations[axis]
          guard i >= 0, i < input[axis] else {
            flat = -1
            break
          }
          flat = flat * input[axis] + i
        }
        taps[position * kernelCount + k] = flat
      }
    }
    return taps
  }

  private static func coordinates(of flat: Int, in extents: [Int]) -> [Int] {
    var rest = flat
    var result = extents
    for axis in extents.indices.reversed() {
      result[axis] = rest % extents[axis]
      rest /= extents[axis]
    }
    return result
  }
}
