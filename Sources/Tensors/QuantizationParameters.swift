/// The affine map between real numbers and 8-bit integers: real = scale * (quantized - zeroPoint).
///
/// With an axis there is one scale and one zero point for each index along it (per-channel), else one of each (per-tensor).
public struct QuantizationParameters: Sendable, Hashable {
  /// Positive and finite; one, or as many as the axis has indices.
  public let scales: [Float]
  /// As many as there are scales, each within the range of `elementType`.
  public let zeroPoints: [Int32]
  /// The channel axis; nil for per-tensor.
  public let axis: Int?
  /// The type of the quantized elements, `int8` or `uint8`.
  public let elementType: ElementType

  /// Makes parameters.
  ///
  /// - Throws: `TensorError.invalidQuantization` unless the conditions stated at the properties hold.
  public init(scales: [Float], zeroPoints: [Int32], axis: Int? = nil, elementType: ElementType) throws(TensorError) {
    guard let range = elementType.integerRange, elementType.byteCount == 1 else {
      throw TensorError(.invalidQuantization, "\(elementType.rawValue) is not an 8-bit integer type")
    }
    guard !scales.isEmpty, scales.count == zeroPoints.count, axis != nil || scales.count == 1 else {
      throw TensorError(
        .invalidQuantization, "\(scales.count) scales and \(zeroPoints.count) zero points do not belong together")
    }
    guard scales.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw TensorError(.invalidQuantization, "a scale must be a positive, finite number")
    }
    guard zeroPoints.allSatisfy({ range.contains(Int64($0)) }) else {
      throw TensorError(.invalidQuantization, "a zero point lies outside of \(elementType.rawValue)")
    }
    self.scales = scales
    self.zeroPoints = zeroPoints
    self.axis = axis
    self.elementType = elementType
  }

  /// Per-tensor parameters.
  ///
  /// - Throws: `TensorError.invalidQuantization` if the scale or the zero point is out of range.
  public init(scale: Float, zeroPoint: Int32, elementType: ElementType) throws(TensorError) {
    try self.init(scales: [scale], zeroPoints: [zeroPoint], elementType: elementType)
  }

  /// Whether there is a single scale and zero point.
  public var isPerTensor: Bool { axis == nil }
}
