/// A model that is measured.
public struct BenchmarkSubject: Sendable {
  /// The name under which results are shown.
  public let name: String
  /// `FP32` or `INT8`.
  public let precision: String
  /// The model's plans.
  public let plans: PlanCache

  /// Makes a subject.
  public init(name: String, precision: String, plans: PlanCache) {
    self.name = name
    self.precision = precision
    self.plans = plans
  }
}
