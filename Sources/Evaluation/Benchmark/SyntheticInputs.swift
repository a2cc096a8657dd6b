import Graphs
import Tensors

/// Inputs for measurements, where only their types matter.
enum SyntheticInputs {
  /// One tensor of each type: numbers from -1 to 1, all 0 for integers.
  ///
  /// - Throws: `TensorError` if a type is too large.
  static func make(_ types: [ValueType]) throws -> [Tensor] {
    var generator = SplitMix64(seed: 0)
    return try types.map { type in
      let values = (0..<type.shape.elementCount).map { _ in generator.nextSigned() }
      return try Tensor(shape: type.shape, values).converted(to: type.elementType)
    }
  }
}
