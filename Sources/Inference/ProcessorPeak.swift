internal import Glibc

/// How many products a second one thread of this machine sums at best, measured on matrices that stay in the
/// first-level cache.
///
/// What steps reach is compared with it; no step can do better by more than the noise of the measurement.
public struct ProcessorPeak: Sendable, Hashable {
  /// Products of uint8 and int8 numbers a second.
  public let int8: Double
  /// Products of floats a second.
  public let float32: Double

  private static let repetitions = 40
  private static let rowCount = 56

  /// Measures for some milliseconds, with the best microkernel of an instruction set.
  ///
  /// - Throws: `InferenceError.outOfMemory`.
  public init(_ set: InstructionSet) throws(InferenceError) {
    var best = 0.0
    for kernel in GEMMMicrokernelU8.candidates(set) { best = max(best, try Self.rate(kernel)) }
    int8 = best
    best = 0
    for kernel in GEMMMicrokernelF32.candidates(set) { best = max(best, try Self.rate(kernel)) }
    float32 = best
  }

  private static func rate(_ kernel: GEMMMicrokernelU8) throws(InferenceError) -> Double {
    let channels = 256
    let packed = try PackedWeights.u8(
      kernel: kernel, columns: kernel.nr, taps: 1, channels: channels, initial: { _ in 0 }, weight: { _, _, _ in 1 })
    let factors = try AlignedBuffer(byteCount: kernel.nr * 4)
    let input = try AlignedBuffer(byteCount: rowCount * channels + 64)
    let output = try AlignedBuffer(byteCount: rowCount * kernel.nr)
    let geometry = WindowGeometry.matrix(rows: rowCount, inputStride: channels, outputStride: kernel.nr)
    let arguments = unsafe GEMMMicrokernelU8.Arguments(
      geometry: geometry, channels: channels, columns: kernel.nr, input: UnsafePointer(input.pointer(UInt8.self)),
      padding: UnsafePointer(input.pointer(UInt8.self)), packed: UnsafeRawPointer(packed.base),
      scale: UnsafePointer(factors.pointer(Float.self)), offset: UnsafePointer(factors.pointer(Float.self)),
      output: output.base, outputIsFloat: false, residual: nil, residualStride: 0, residualScale: 0, lower: 0,
      upper: 255, isBounded: true)
    return measure(products: geometry.products(channels: channels, columns: kernel.nr)) {
      unsafe kernel.run(arguments, rows: 0..<rowCount, panels: 0..<1)
    }
  }

  private static func rate(_ kernel: GEMMMicrokernelF32) throws(InferenceError) -> Double {
    let channels = 96
    let packed = try PackedWeights.f32(
      kernel: kernel, columns: kernel.nr, taps: 1, channels: channels, initial: { _ in 0 }, weight: { _, _, _ in 1 })
    let input = try AlignedBuffer(byteCount: (rowCount * channels + 16) * 4)
    let output = try AlignedBuffer(byteCount: rowCount * kernel.nr * 4)
    let geometry = WindowGeometry.matrix(rows: rowCount, inputStride: channels, outputStride: kernel.nr)
    let arguments = unsafe GEMMMicrokernelF32.Arguments(
      geometry: geometry, channels: channels, columns: kernel.nr, input: UnsafePointer(input.pointer(Float.self)),
      padding: UnsafePointer(input.pointer(Float.self)), packed: UnsafePointer(packed.pointer(Float.self)),
      output: output.pointer(Float.self), residual: nil, residualStride: 0, lower: -.infinity, upper: .infinity)
    return measure(products: geometry.products(channels: channels, columns: kernel.nr)) {
      unsafe kernel.run(arguments, rows: 0..<rowCount, panels: 0..<1)
    }
  }

  /// Products a second of the fastest of several runs.
  private static func measure(products: Double, _ run: () -> Void) -> Double {
    var shortest = Double.infinity
    for _ in 0..<repetitions {
      let start = MonotonicClock.seconds()
      for _ in 0..<8 { run() }
      shortest = min(shortest, (MonotonicClock.seconds() - start) / 8)
    }
    return products / max(shortest, 1e-12)
  }
}

/// The system's clock that never goes back.
enum MonotonicClock {
  /// Seconds since some moment.
  static func seconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
