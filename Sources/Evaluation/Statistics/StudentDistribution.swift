/// Student's t distribution.
enum StudentDistribution {
  private static let quantiles = [
    12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139, 2.200985,
    2.178813, 2.160369, 2.144787, 2.131450, 2.119905, 2.109816, 2.100922, 2.093024, 2.085963, 2.079614, 2.073873,
    2.068658, 2.063899, 2.059539, 2.055529, 2.051831, 2.048407, 2.045230, 2.042272,
  ]

  /// The value below which 97.5 % lie; beyond 30 degrees of freedom by the expansion of Abramowitz and Stegun 26.7.5.
  static func quantile975(degreesOfFreedom: Int) -> Double {
    if (1...quantiles.count).contains(degreesOfFreedom) { return quantiles[degreesOfFreedom - 1] }
    let z = 1.959963984540054
    let n = Double(max(degreesOfFreedom, 1))
    let z3 = z * z * z
    let z5 = z3 * z * z
    return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
  }
}
