// <relative-time datetime="2026-11-23T05:18:00Z">3 часа назад</relative-time>: the server's words, kept true as time goes on.
import "@github/relative-time-element/relative-time/define";
