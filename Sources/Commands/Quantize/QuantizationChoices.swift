import Quantization
import Synchronization

/// All that was chosen when a model was quantized.
///
/// A calibration that was kept from an earlier run holds the graph alone; the choices behind it are then made again, when
/// something asks for them, and come out the same.
final class QuantizationChoices: Sendable {
  private let known: Mutex<QuantizationResult?>
  private let quantize: @Sendable (_ isCancelled: () -> Bool) throws -> QuantizationResult

  /// - Parameter quantize: makes the same choices again.
  init(
    _ known: QuantizationResult?,
    _ quantize: @escaping @Sendable (_ isCancelled: () -> Bool) throws -> QuantizationResult
  ) {
    self.known = Mutex(known)
    self.quantize = quantize
  }

  /// The choices.
  ///
  /// - Throws: as `Quantizer.quantize`.
  func result(isCancelled: () -> Bool) throws -> QuantizationResult {
    if let result = known.withLock({ $0 }) { return result }
    let result = try quantize(isCancelled)
    known.withLock { $0 = result }
    return result
  }
}
