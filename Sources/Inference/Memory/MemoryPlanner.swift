/// A buffer's size and the groups of steps between which it is in use.
package struct BufferLifetime {
  package var byteCount: Int
  /// The first group that writes it; -1 for what is fed from outside.
  package var first: Int
  /// The last group that reads it; `Int.max` for what is read after the run.
  package var last: Int

  package init(byteCount: Int, first: Int, last: Int) {
    self.byteCount = byteCount
    self.first = first
    self.last = last
  }
}

/// Places of buffers in one arena, so that those in use at the same time do not overlap.
///
/// Greedy by size, each at the lowest gap that fits (Pisarchyk and Lee, arXiv:2001.03288, "greedy by size for offset
/// calculation").
package struct MemoryPlan: Sendable {
  /// Byte offsets, multiples of 64, one a buffer.
  package let offsets: [Int]
  package let byteCount: Int

  /// Free bytes behind each buffer, since vector loads may read past the last pixel.
  package static let slack = 128

  /// Lays out buffers.
  ///
  /// - Throws: `InferenceError.outOfMemory` if they are too large for any machine, even one after the other.
  package init(_ buffers: [BufferLifetime]) throws(InferenceError) {
    var sum = 0
    for buffer in buffers {
      sum += min(buffer.byteCount, AlignedBuffer.limit)
      guard sum < AlignedBuffer.limit else {
        throw InferenceError(.outOfMemory, "the network's tensors need more memory than any machine has")
      }
    }
    var offsets = [Int](repeating: 0, count: buffers.count)
    var placed: [(offset: Int, end: Int, first: Int, last: Int)] = []
    var total = 0
    let order = buffers.indices.sorted {
      (buffers[$0].byteCount, -$0) > (buffers[$1].byteCount, -$1)
    }
    for index in order {
      let buffer = buffers[index]
      let size = (buffer.byteCount + Self.slack + 63) / 64 * 64
      var start = 0
      for other in placed where other.first <= buffer.last && buffer.first <= other.last {
        if other.offset >= start + size { break }
        start = max(start, other.end)
      }
      offsets[index] = start
      total = max(total, start + size)
      let entry = (offset: start, end: start + size, first: buffer.first, last: buffer.last)
      placed.insert(entry, at: placed.firstIndex { $0.offset > start } ?? placed.count)
    }
    self.offsets = offsets
    byteCount = total
  }
}
