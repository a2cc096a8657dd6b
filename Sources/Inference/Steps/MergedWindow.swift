internal import Glibc

/// A convolution of few channels with the taps of each window row taken as channels.
///
/// Pixels of few channels lie side by side, so the pixels under one row of a window are one short vector: a 7x7 window
/// over 3 channels is 7 taps of 21 channels. This needs an image with its padding around it and without gaps between
/// pixels, which is made for some output rows at a time, in scratch memory that stays in cache.
struct MergedWindow: Hashable {
  /// The window over the image as it is.
  let geometry: WindowGeometry
  /// The channels of a pixel.
  let pixelChannels: Int
  /// Elements from one pixel to the next in the scratch memory.
  let pixelStride: Int
  /// The bytes of a pixel in the scratch memory, and from one to the next in the image.
  let pixelByteCount: Int
  let sourceByteCount: Int
  /// Output rows that are computed at a time.
  let rowCount: Int

  /// More channels than these fill vectors by themselves.
  private static let largestChannelCount = 8
  private static let scratchTarget = 48 * 1024
  /// Rows under one window of more bytes than these are not worth copying; strides and pads may make them huge.
  private static let largestByteCount = 4 << 20

  /// Nil where there are many channels, one tap a row, gaps between taps, other tensors' channels between pixels, or rows
  /// too long to be copied.
  init?(_ geometry: WindowGeometry, channels: Int, elementByteCount: Int) {
    let own = PhysicalLayout.pixelStride(channels: channels, elementByteCount: elementByteCount)
    guard channels <= Self.largestChannelCount, geometry.kernelWidth > 1, geometry.dilationWidth == 1,
      geometry.dilationHeight == 1,
      geometry.inputStride == own
    else { return nil }
    self.geometry = geometry
    pixelChannels = channels
    // A row of padded pixels that fills as many groups of four bytes needs no repacking.
    let isPadded = (geometry.kernelWidth * own + 3) / 4 == (geometry.kernelWidth * channels + 3) / 4
    pixelStride = isPadded ? own : channels
    pixelByteCount = pixelStride * elementByteCount
    sourceByteCount = geometry.inputStride * elementByteCount
    let width = (geometry.outputWidth - 1) * geometry.strideWidth + geometry.kernelWidth
    guard width <= Self.largestByteCount / (pixelByteCount * geometry.kernelHeight) else { return nil }
    let inputRows = Self.scratchTarget / (width * pixelByteCount) - geometry.kernelHeight + 1
    rowCount = min(max(inputRows / geometry.strideHeight, 1), geometry.outputHeight)
  }

  /// Pixels of a padded row: as many as the windows reach over.
  private var width: Int { (geometry.outputWidth - 1) * geometry.strideWidth + geometry.kernelWidth }
  /// Input rows under some output rows.
  private func inputRowCount(_ rows: Int) -> Int {
    (rows - 1) * geometry.strideHeight + geometry.kernelHeight
  }

  /// Elements of a merged tap.
  var channels: Int { geometry.kernelWidth * pixelStride }
  /// Bytes that one thread needs.
  var scratchByteCount: Int { (inputRowCount(rowCount) * width * pixelByteCount + 63) / 64 * 64 + 64 }

  /// The tap in the window's row and the channel that a merged channel is; nil if it lies between pixels.
  func position(mergedChannel: Int) -> (column: Int, channel: Int)? {
    let channel = mergedChannel % pixelStride
    return channel < pixelChannels ? (mergedChannel / pixelStride, channel) : nil
  }

  /// Calls a closure for pieces of the output rows `rows`, flat over batch and height: with the geometry of the piece,
  /// and the output pixel that it begins at. Before that, `scratch` is filled with the padded input under the piece.
  ///
  /// - Parameter fill: lays out the first pixels of an input row, flat over batch and height, `pixelByteCount` apart;
  ///   what is behind the last one may be written over.
  func forEachStrip(
    rows: Range<Int>, padding: UInt8, scratch: UnsafeMutableRawPointer,
    fill: (_ row: Int, _ count: Int, _ target: UnsafeMutableRawPointer) -> Void,
    _ body: (WindowGeometry, _ firstPixel: Int) -> Void
  ) {
    var first = rows.lowerBound
    while first < rows.upperBound {
      let (image, top) = (first / geometry.outputHeight, first % geometry.outputHeight)
      let count = min(rowCount, rows.upperBound - first, geometry.outputHeight - top)
      let inputRows = inputRowCount(count)
      unsafe copy(image: image, from: top, inputRows, padding, scratch, fill)
      let strip = WindowGeometry(
        inputHeight: inputRows, inputWidth: width, inputStride: pixelStride, outputHeight: count,
        outputWidth: geometry.outputWidth, outputStride: geometry.outputStride, kernelHeight: geometry.kernelHeight,
        strideHeight: geometry.strideHeight, strideWidth: geometry.strideWidth)
      body(strip, first * geometry.outputWidth)
      first += count
    }
  }

  private func copy(
    image: Int, from outputRow: Int, _ rows: Int, _ padding: UInt8, _ scratch: UnsafeMutableRawPointer,
    _ fill: (_ row: Int, _ count: Int, _ target: UnsafeMutableRawPointer) -> Void
  ) {
    let rowBytes = width * pixelByteCount
    let left = geometry.padLeft * pixelByteCount
    let copied = max(min(geometry.inputWidth, width - geometry.padLeft), 0)
    let right = left + copied * pixelByteCount
    for row in 0..<rows {
      let target = unsafe scratch + row * rowBytes
      let y = outputRow * geometry.strideHeight - geometry.padTop + row
      guard y >= 0, y < geometry.inputHeight, copied > 0 else {
        unsafe memset(target, Int32(padding), rowBytes)
        continue
      }
      unsafe memset(target, Int32(padding), left)
      unsafe fill(image * geometry.inputHeight + y, copied, target + left)
      unsafe memset(target + right, Int32(padding), rowBytes - right)
    }
  }

  /// Copies the first pixels of a row of the image; bytes behind the last one may be written over.
  @unsafe func copyRow(
    _ row: Int, _ count: Int, of image: UnsafeRawPointer, to target: UnsafeMutableRawPointer
  ) {
    let source = unsafe image + row * geometry.inputWidth * sourceByteCount
    if pixelByteCount == sourceByteCount {
      unsafe memcpy(target, source, count * pixelByteCount)
    } else if sourceByteCount == MemoryLayout<UInt32>.size {
      unsafe copyPixels(count, source, target, as: UInt32.self)
    } else {
      unsafe copyPixels(count, source, target, as: UInt64.self)
    }
  }

  /// For pixels in the image of as many bytes as an element has; each is written over the filling of the one before.
  @inline(__always)
  private func copyPixels<Element: BitwiseCopyable>(
    _ count: Int, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, as type: Element.Type
  ) {
    var from = unsafe source
    var to = unsafe target
    for _ in 0..<count {
      unsafe to.storeBytes(of: from.loadUnaligned(as: type), as: type)
      unsafe from += MemoryLayout<Element>.size
      unsafe to += pixelByteCount
    }
  }
}
