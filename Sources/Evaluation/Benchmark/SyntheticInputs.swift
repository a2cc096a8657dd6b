import Inference
import Tensors

/// Inputs for measurements, where only their types matter.
enum SyntheticInputs {
  /// One tensor for each input of a plan: numbers from -1 to 1, integers from 0 to 1.
  static func make(for plan: ExecutionPlan) -> [Tensor] {
    var generator = SplitMix64(seed: 0)
    return plan.inputTypes.compactMap { type in
      let values = (0..<type.shape.elementCount).map { _ in generator.nextSigned() }
      return try? Tensor(shape: type.shape, values).converted(to: type.elementType)
    }
  }
}
