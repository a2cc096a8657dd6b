/// Weights in the order in which the matrix product microkernels read them.
enum PackedWeights {
  /// int8 weights in panels of `nr` columns, as a microkernel wants them.
  ///
  /// - Parameters:
  ///   - weight: the weight of a column, tap and channel.
  ///   - initial: the initial accumulator of a column.
  static func u8(
    kernel: GEMMMicrokernelU8, columns: Int, taps: Int, channels: Int, initial: (Int) -> Int32,
    weight: (_ column: Int, _ tap: Int, _ channel: Int) -> Int8
  ) throws(InferenceError) -> AlignedBuffer {
    let nr = kernel.nr
    let panels = (columns + nr - 1) / nr
    let bytes = kernel.panelByteCount(taps: taps, channels: channels)
    let groups = (channels + 3) / 4
    let buffer = try AlignedBuffer(byteCount: panels * bytes)
    for panel in 0..<panels {
      // int32 initial[nr], then int8 [taps][groups][nr][4]
      let quads = try AlignedBuffer(byteCount: nr * 4 + taps * groups * nr * 4)
      let starts = unsafe quads.pointer(Int32.self)
      let weights = unsafe quads.pointer(Int8.self, at: nr * 4)
      for column in panel * nr..<min(panel * nr + nr, columns) {
        let lane = column % nr
        unsafe starts[lane] = initial(column)
        for tap in 0..<taps {
          for channel in 0..<channels {
            unsafe weights[((tap * groups + channel / 4) * nr + lane) * 4 + channel % 4] = weight(column, tap, channel)
          }
        }
      }
      unsafe kernel.pack(
        taps: taps, channels: channels, quads: quads.base, into: buffer.pointer(UInt8.self, at: panel * bytes))
    }
    return buffer
  }

  /// float weights in panels of `nr` columns: initial[nr], then [taps][channels][nr].
  static func f32(
    kernel: GEMMMicrokernelF32, columns: Int, taps: Int, channels: Int, initial: (Int) -> Float,
    weight: (_ column: Int, _ tap: Int, _ channel: Int) -> Float
  ) throws(InferenceError) -> AlignedBuffer {
    let nr = kernel.nr
    let panels = (columns + nr - 1) / nr
    let floats = nr * (1 + taps * channels)
    let buffer = try AlignedBuffer(byteCount: panels * floats * 4)
    let base = unsafe buffer.pointer(Float.self)
    for column in 0..<columns {
      let panel = unsafe base + column / nr * floats
      let lane = column % nr
      unsafe panel[lane] = initial(column)
      for tap in 0..<taps {
        for channel in 0..<channels {
          unsafe panel[nr + (tap * channels + channel) * nr + lane] = weight(column, tap, channel)
        }
      }
    }
    return buffer
  }

  /// Per-column numbers, padded with zeros to whole panels.
  static func columns(_ values: [Float], nr: Int) throws(InferenceError) -> AlignedBuffer {
    let count = (values.count + nr - 1) / nr * nr
    return try AlignedBuffer(values, padding: (count - values.count) * 4)
  }
}
