/// The requantization that the header defines, in Swift's own arithmetic.
func requantized(
  _ accumulator: Int64, scale: Float, offset: Float, residual: (value: UInt8, scale: Float)? = nil, lower: Float,
  upper: Float
) -> UInt8 {
  var f = offset.addingProduct(Float(accumulator), scale)
  if let residual { f.addProduct(Float(residual.value), residual.scale) }
  return UInt8(min(max(f.rounded(.toNearestOrEven), lower), upper))
}

/// How far apart two floats of about the same size are, in units in the last place of the larger.
func distance(_ a: Float, _ b: Float) -> Float {
  if a == b || a.isNaN && b.isNaN { return 0 }
  return abs(a - b) / max(a.magnitude.ulp, b.magnitude.ulp)
}
