internal import CMicrokernels

/// The loops over pixels and vectors of one instruction set.
struct VectorMicrokernels: Hashable, Sendable {
  let set: InstructionSet

  /// The C functions.
  var functions: mk_vector_functions { unsafe mk_vector_functions_for(set.tier).pointee }

  /// What a pooling works on.
  @unsafe struct Pooling {
    var geometry: WindowGeometry
    var channels: Int
    var input: UnsafeRawPointer
    var output: UnsafeMutableRawPointer
    var countsPadding = false
    var zeroPoint: UInt8 = 0
    var scale: Float = 1
    var offset: Float = 0

    var native: mk_pool {
      unsafe mk_pool(
        geometry: geometry.native, channels: channels, input: input, output: output,
        count_includes_padding: countsPadding ? 1 : 0, pad_bottom: geometry.padBottom, pad_right: geometry.padRight,
        zero_point: zeroPoint, scale: scale, offset: offset)
    }
  }
}
