//! Names that several may claim: the first in order has them, whoever came first.

use std::sync::Arc;

use smol_str::SmolStr;

use super::super::shared_map::SharedMap;

/// Who claims which name.
#[derive(Clone, Debug)]
pub(super) struct Claims<V> {
    by_name: SharedMap<SmolStr, Claimants<V>>,
}

#[derive(Clone, Debug)]
enum Claimants<V> {
    One(V),
    /// At least two, by what orders them.
    More(Arc<Vec<(SmolStr, V)>>),
}

impl<V> Default for Claims<V> {
    fn default() -> Self {
        Self { by_name: SharedMap::default() }
    }
}

impl<V: Copy + Eq> Claims<V> {
    /// Who has a name.
    pub(super) fn get(&self, name: &str) -> Option<V> {
        Some(match self.by_name.get(name)? {
            Claimants::One(one) => *one,
            Claimants::More(all) => all.first()?.1,
        })
    }

    /// Adds a claim; `order` is what orders claimants.
    pub(super) fn add(&mut self, name: &SmolStr, claimant: V, order: impl Fn(V) -> SmolStr) {
        let mut all = match self.by_name.get(name) {
            None => {
                self.by_name.insert(name.clone(), Claimants::One(claimant));
                return;
            }
            Some(Claimants::One(one)) => vec![(order(*one), *one)],
            Some(Claimants::More(all)) => all.to_vec(),
        };
        let new = order(claimant);
        if !all.iter().any(|(_, v)| *v == claimant) {
            let at = all.partition_point(|(o, _)| *o < new);
            all.insert(at, (new, claimant));
        }
        if all.len() > 1 {
            self.by_name.insert(name.clone(), Claimants::More(Arc::new(all)));
        }
    }

    /// Takes a claim back.
    pub(super) fn remove(&mut self, name: &str, claimant: V) {
        match self.by_name.get(name) {
            Some(Claimants::One(one)) if *one == claimant => drop(self.by_name.remove(name)),
            Some(Claimants::More(all)) => {
                let rest: Vec<_> = all.iter().filter(|(_, v)| *v != claimant).cloned().collect();
                let rest = if let [(_, one)] = rest.as_slice() { Claimants::One(*one) } else { Claimants::More(Arc::new(rest)) };
                self.by_name.insert(name.into(), rest);
            }
            _ => {}
        }
    }
}
