internal import Graphs
internal import Tensors

/// The order of a value's elements in memory.
enum ElementOrder: Hashable {
  /// As the shape says, without gaps.
  case rowMajor
  /// A value of shape [N, C, H, W] as pixels (n, y, x), or of shape [N, C] as N pixels: each pixel has its channels
  /// side by side and starts `pixelStride` elements after the one before.
  case channelsLast
}

/// How the elements of a value lie in a buffer.
struct PhysicalLayout: Hashable {
  var elementType: ElementType
  var shape: Shape
  var order: ElementOrder
  /// Elements from pixel to pixel; the channels' count or more. For row-major order the extent of the last axis.
  var pixelStride: Int
  /// Whether what lies between the channels of one pixel and the next pixel may be written over.
  var ownsGaps = true

  static func rowMajor(_ type: ElementType, _ shape: Shape) -> PhysicalLayout {
    PhysicalLayout(elementType: type, shape: shape, order: .rowMajor, pixelStride: shape.dimensions.last ?? 1)
  }

  /// Channels last; bytes are padded to whole groups of four channels, which the dot product instructions read.
  static func channelsLast(_ type: ElementType, _ shape: Shape) -> PhysicalLayout {
    let channels = shape.rank >= 2 ? shape[1] : 1
    let stride = pixelStride(channels: channels, elementByteCount: type.byteCount)
    return PhysicalLayout(elementType: type, shape: shape, order: .channelsLast, pixelStride: stride)
  }

  /// Elements from pixel to pixel of a tensor by itself.
  static func pixelStride(channels: Int, elementByteCount: Int) -> Int {
    elementByteCount == 1 ? (channels + 3) / 4 * 4 : channels
  }

  var channels: Int { shape.rank >= 2 ? shape[1] : 1 }
  /// Number of pixels over the whole batch.
  var pixels: Int {
    var count = shape.rank >= 1 ? shape[0] : 1
    for axis in 2..<max(shape.rank, 2) { count *= shape[axis] }
    return count
  }
  var height: Int { shape.rank == 4 ? shape[2] : 1 }
  var width: Int { shape.rank == 4 ? shape[3] : 1 }
  var batch: Int { shape.rank >= 1 ? shape[0] : 1 }

  /// Elements that the value spans, gaps included.
  var elementSpan: Int { order == .rowMajor ? shape.elementCount : pixels * pixelStride }
  var byteCount: Int { elementSpan * elementType.byteCount }
  /// Whether there are no gaps between pixels.
  var isDense: Bool { order == .rowMajor || pixelStride == channels }
  /// Whether the elements lie as in row-major order: each image has one pixel, and there are no gaps.
  var isPlainVectors: Bool { height * width == 1 && (pixelStride == channels || pixels == 1) }
}

/// The place of a value: a part of one buffer of the plan.
struct Location: Hashable {
  var buffer: Int
  var byteOffset: Int
  var layout: PhysicalLayout
}
