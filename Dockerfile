# A static binary and nothing else: docker run --rm -v "$PWD:/corpus" vidimus check
# It lies at the root because that is where `docker build .` looks for it.
FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev gcc make
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY src src
# The manifest names them, though they are not built.
COPY benches benches
COPY tests/main.rs tests/main.rs
RUN cargo build --release --locked --bin vidimus && mv target/release/vidimus /vidimus

FROM scratch
COPY --from=build /vidimus /vidimus
WORKDIR /corpus
ENTRYPOINT ["/vidimus"]
CMD ["check"]
