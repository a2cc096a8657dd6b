import Graphs

/// Values that share a scale and zero point.
struct ParameterGroup {
  /// The quantized values, in the order of their IDs.
  var members: [ValueID]
  /// The members that are not computed from others of the group: what the others hold comes from them.
  var sources: [ValueID]
}

/// Sets of values that are joined one pair after the other.
struct ValueUnion {
  private var parents: [ValueID: ValueID] = [:]

  /// The value that stands for a value's set.
  mutating func representative(of value: ValueID) -> ValueID {
    var root = value
    while let parent = parents[root] { root = parent }
    var next = value
    while let parent = parents[next], parent != root {
      parents[next] = root
      next = parent
    }
    return root
  }

  mutating func join(_ a: ValueID, _ b: ValueID) {
    let (a, b) = (representative(of: a), representative(of: b))
    if a != b { parents[max(a, b)] = min(a, b) }
  }
}
